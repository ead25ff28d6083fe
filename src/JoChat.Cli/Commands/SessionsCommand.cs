using System.CommandLine;
using JoChat.Cli.Arguments;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat sessions</c>.</summary>
internal static class SessionsCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand(
            "sessions",
            "List your logins that are kept anywhere, the last used first: the ID that revoke takes, when it was LAST "
                + "USED (UTC), FROM which address, whether it is \"this one\" or another that is \"connected\" NOW, "
                + "and the CLIENT, as it calls itself.")
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
