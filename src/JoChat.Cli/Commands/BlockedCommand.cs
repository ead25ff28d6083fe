using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat blocked</c>.</summary>
internal static class BlockedCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new VerbCommand("blocked", "List whom you block.")
        {
            Group = VerbGroup.People,
            Examples = ["jochat blocked"],
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    var blocked = new List<ListedAccount>();
                    while (true)
                    {
                        var page = await client.ListBlockedAsync(
                            blocked.LastOrDefault().Id, Limits.MaxListedBlocked, cancellation);
                        if (page.IsEmpty) { break; }
                        blocked.AddRange(page);
                    }
                    verb.Data.WriteAccounts(blocked, present: null);
                },
                cancellation)));
        return command;
    }
}
