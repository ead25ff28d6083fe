using System.CommandLine;
using JoChat.Cli.Display;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat login-check</c>.</summary>
internal static class LoginCheckCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new Command("login-check", "Check username and password, and count what was sent while away.");
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var credentials = await verb.ReadCredentialsAsync(cancellation);
            await verb.WhileLoggedInAsync(
                credentials,
                (_, away) =>
                {
                    verb.Data.WriteResult(
                        json =>
                        {
                            json.WriteString("username", credentials.Username);
                            json.WriteNumber("unread_count", away);
                        },
                        $"{SafeText.Of(credentials.Username)}: {away} sent while away.");
                    return Task.CompletedTask;
                },
                cancellation);
        }));
        return command;
    }
}
