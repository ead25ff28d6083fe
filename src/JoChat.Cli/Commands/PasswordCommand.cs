using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Cli.State;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat password</c>.</summary>
internal static class PasswordCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var newFile = GlobalOptions.Text("--new-password-file", "FILE", "File whose first line is the new password.");
        var command = new VerbCommand("password", "Change your password; ends the logins that are kept anywhere else.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat password --user ada", "jochat password --password-file old --new-password-file new"],
        };
        command.Add(newFile);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var server = verb.Settings.Server;
            var saved = verb.Logins.Find(server, verb.Settings.User);
            var settings = verb.Settings with { User = verb.Settings.User ?? saved?.Username };
            var old = await Credentials.ReadAsync(settings, environment, isNew: false, cancellation);
            var changed = old with
            {
                Password = parsed.GetValue(newFile) is { } path
                    ? await Credentials.ReadPasswordFileAsync(
                        new PlacedText(path, newFile.Name).Parse(BoundedFile.CheckPath),
                        settings,
                        environment,
                        cancellation)
                    : await Credentials.AskNewPasswordAsync(
                        environment, "New password: ", "--new-password-file", cancellation),
            };
            await verb.WhileLoggedInAsync(
                Access.Of(old),
                (client, _) => client.ChangePasswordAsync(old.Password, changed.Password, cancellation),
                cancellation);
            verb.Data.WriteDone(
                json => json.WriteString("username", old.Username),
                $"Changed the password of {SafeText.Of(old.Username)}.");
            if (saved is null) { return; }

            // The change has revoked it.
            verb.Logins.Delete(server, saved.Username);
            await using var again = await verb.ConnectAsync(cancellation, keepsLogin: true);
            await again.LogInPatientlyAsync(changed, environment.Time, cancellation);
            if (again.ResumeToken is { } token)
            {
                await verb.Logins.SaveAsync(server, new SavedLogin(old.Username, token), cancellation);
            }
        }));
        return command;
    }
}
