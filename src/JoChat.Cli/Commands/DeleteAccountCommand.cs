using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;

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
            Confirmation.CheckCanAsk(parsed.GetValue(yes), environment);
            var access = await verb.ReadAccessAsync(cancellation);
            if (!parsed.GetValue(yes))
            {
                await Confirmation.AskAsync(
                    $"Delete {SafeText.Of(access.Username)} and all messages for good? Type the username to confirm: ",
                    access.Username, environment, cancellation);
            }
            await verb.WhileLoggedInAsync(
                access, (client, _) => client.DeleteAccountAsync(cancellation), cancellation);
            verb.Logins.Delete(verb.Settings.Server, access.Username);
            verb.Data.WriteDone(
                json => json.WriteString("deleted_account", access.Username),
                $"Deleted the account {SafeText.Of(access.Username)} and all its messages.");
        }));
        return command;
    }
}
