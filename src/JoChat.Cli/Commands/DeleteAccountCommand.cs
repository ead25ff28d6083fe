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
            // A login that is kept tells whose account, but does not do for the password.
            var saved = verb.Logins.Find(verb.Settings.Server, verb.Settings.User);
            var settings = verb.Settings with { User = verb.Settings.User ?? saved?.Username };
            var (username, password) = await Credentials.ReadAsync(settings, environment, isNew: false, cancellation);
            if (!parsed.GetValue(yes))
            {
                await Confirmation.AskAsync(
                    $"This deletes {SafeText.Of(username)} for good, with all messages you received and all you sent, "
                        + "also for the people you sent them to.",
                    username, environment, cancellation);
            }
            await verb.WhileLoggedInAsync(
                new Access(username, password, Kept: null),
                (client, _) => client.DeleteAccountAsync(password, cancellation),
                cancellation);
            verb.Logins.Delete(verb.Settings.Server, username);
            verb.Data.WriteDone(
                json => json.WriteString("deleted_account", username),
                $"Deleted the account {SafeText.Of(username)} and all its messages.");
        }));
        return command;
    }
}
