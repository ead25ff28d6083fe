using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Cli.State;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat login</c>.</summary>
internal static class LoginCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand("login", "Log in once: the commands and the chat need no password from then on.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat login --user ada"],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var credentials = await verb.ReadCredentialsAsync(cancellation);
            await using var client = await verb.ConnectAsync(cancellation, keepsLogin: true);
            await client.LogInPatientlyAsync(credentials, environment.Time, cancellation);
            var token = client.ResumeToken ?? throw new CommandFailedException(
                "This server keeps no logins: give --password-file instead.", ExitCode.Refused);
            var file = verb.Logins.Save(verb.Settings.Server, new SavedLogin(credentials.Username, token));
            verb.Data.WriteDone(
                json =>
                {
                    json.WriteString("username", credentials.Username);
                    json.WriteString("server", verb.Settings.Server.ToString());
                    json.WriteString("file", file);
                },
                $"Logged in as {SafeText.Of(credentials.Username)} on {verb.Settings.Server}, until jochat logout.");
        }));
        return command;
    }
}
