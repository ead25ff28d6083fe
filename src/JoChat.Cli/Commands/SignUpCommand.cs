using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat signup</c>.</summary>
internal static class SignUpCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand("signup", "Make an account.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat signup --user ada"],
            ExitCodes = [ExitCode.Refused, ExitCode.Unreachable],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var credentials = await verb.ReadCredentialsAsync(cancellation, isNew: true);
            await using var client = await verb.ConnectAsync(cancellation);
            await client.SignUpAsync(credentials.Username, credentials.Password, cancellation);
            verb.Data.WriteDone(
                json => json.WriteString("username", credentials.Username),
                $"Signed up as {SafeText.Of(credentials.Username)}.");
        }));
        return command;
    }
}
