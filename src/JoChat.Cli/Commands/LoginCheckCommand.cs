using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat login-check</c>.</summary>
internal static class LoginCheckCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand("login-check", "Check name and password, and count what was sent while away.")
        {
            Group = VerbGroup.Shell,
            Examples = ["jochat login-check --user ada --password-file ~/.ada"],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var access = await verb.ReadAccessAsync(cancellation);
            await verb.WhileLoggedInAsync(
                access,
                (_, away) =>
                {
                    verb.Data.WriteResult(
                        json =>
                        {
                            json.WriteString("username", access.Username);
                            json.WriteNumber("unread_count", away);
                        },
                        $"{SafeText.Of(access.Username)}: {away} sent while away.");
                    return Task.CompletedTask;
                },
                cancellation);
        }));
        return command;
    }
}
