using System.CommandLine;
using JoChat.Cli.Arguments;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat sessions</c>.</summary>
internal static class SessionsCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand("sessions", "List your logins that are kept anywhere, the last used first.")
        {
            Group = VerbGroup.Account,
            Examples = ["jochat sessions", "jochat sessions --json"],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) => verb.Data.WriteLogins(await client.ListLoginsAsync(cancellation)),
                cancellation)));
        return command;
    }
}
