using System.CommandLine;
using JoChat.Cli.Arguments;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat blocked</c>.</summary>
internal static class BlockedCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand(
            "blocked",
            "List whom you block, by their ID and NAME. PRESENT stays empty: who is there is not asked for them.")
        {
            Group = VerbGroup.People,
            Examples = ["jochat blocked"],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                    verb.Data.WriteAccounts(await People.BlockedAsync(client, cancellation), present: null),
                cancellation)));
        return command;
    }
}
