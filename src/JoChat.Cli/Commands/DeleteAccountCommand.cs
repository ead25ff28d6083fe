using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Cli.Terminals;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat delete-account</c>.</summary>
internal static class DeleteAccountCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var yes = GlobalOptions.Flag("--yes", "Do not ask.");
        var command = new VerbCommand("delete-account", "Delete your account and all messages you sent or received.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat delete-account --user ada"],
        };
        command.Add(yes);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            if (!parsed.GetValue(yes) && !environment.IsInputTerminal)
            {
                throw new CommandFailedException("There is nobody to ask for confirmation: give --yes.");
            }
            var access = await verb.ReadAccessAsync(cancellation);
            if (!parsed.GetValue(yes)) { await ConfirmAsync(access.Username, environment, cancellation); }
            await verb.WhileLoggedInAsync(
                access, (client, _) => client.DeleteAccountAsync(cancellation), cancellation);
            verb.Logins.Delete(verb.Settings.Server, access.Username);
            verb.Data.WriteDone(
                json => json.WriteString("deleted_account", access.Username),
                $"Deleted the account {SafeText.Of(access.Username)} and all its messages.");
        }));
        return command;
    }

    private static async Task ConfirmAsync(
        string username, CliEnvironment environment, CancellationToken cancellation)
    {
        var question = $"Delete {SafeText.Of(username)} and all messages for good? Type the username to confirm: ";
        var answer = await environment.OpenPlainTerminal().ReadLineAsync(
            LinePrompt.Confirmation(question), cancellation);
        if (answer.IsInterrupted) { throw new CommandFailedException("Interrupted.", ExitCode.Interrupted); }
        if (answer.Text != username)
        {
            throw new CommandFailedException("Not confirmed; nothing was deleted.", ExitCode.Refused);
        }
    }
}
