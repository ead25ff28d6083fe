using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat logout</c>.</summary>
internal static class LogoutCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand("logout", "End what jochat login began, here and on the server.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat logout --user ada"],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var server = verb.Settings.Server;
            var login = verb.Logins.Find(server, verb.Settings.User) ?? throw new CommandFailedException(
                $"There is no kept login{(verb.Settings.User is { } user ? $" of {user}" : "")} on {server}.",
                ExitCode.NotLoggedIn);
            // First on the server: a token that nobody has any more could not be revoked.
            await using (var client = await verb.ConnectAsync(cancellation))
            {
                try
                {
                    await client.ResumeAsync(
                        verb.Logins.Keep(server, login.Username), takeover: false, cancellation);
                    await client.LogOutAsync(cancellation);
                }
                catch (RefusedException refusal) when (refusal.Code == ErrorCode.InvalidToken)
                {
                    // The server has forgotten it, which is what is wanted.
                }
            }
            verb.Logins.Delete(server, login.Username);
            verb.Data.WriteDone(
                json =>
                {
                    json.WriteString("username", login.Username);
                    json.WriteString("server", server.ToString());
                },
                $"Logged out {SafeText.Of(login.Username)} on {server}.");
        }));
        return command;
    }
}
