using JoChat.Cli.Terminals;

namespace JoChat.Cli.Commands;

/// <summary>Asks before something is deleted for good: a person types a name, a script says <c>--yes</c>.</summary>
internal static class Confirmation
{
    /// <summary>Refuses a deletion that nobody can confirm.</summary>
    public static void CheckCanAsk(bool isConfirmed, CliEnvironment environment)
    {
        if (!isConfirmed && !environment.IsInputTerminal)
        {
            throw new CommandFailedException("Standard input is no terminal to ask on: give --yes.");
        }
    }

    /// <summary>Tells a person what will be gone, in lines of its own, and has them type a name.</summary>
    /// <exception cref="CommandFailedException">They typed something else.</exception>
    public static async Task AskAsync(
        string warning, string expected, CliEnvironment environment, CancellationToken cancellation)
    {
        environment.Error.WriteLine(warning);
        var answer = await environment.OpenPlainTerminal().ReadLineAsync(
            LinePrompt.Confirmation("Type the name to confirm: "), cancellation);
        if (answer.IsInterrupted) { throw new CommandFailedException("Interrupted.", ExitCode.Interrupted); }
        if (answer.Text != expected)
        {
            throw new CommandFailedException("Not confirmed; nothing was deleted.", ExitCode.Refused);
        }
    }
}
