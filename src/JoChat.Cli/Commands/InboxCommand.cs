using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Client;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat inbox</c>.</summary>
internal static class InboxCommand
{
    private const int StandardLimit = 100;

    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var with = GlobalOptions.Text("--with", "WHO", "Only those of one person.");
        var limit = NumberOption.Create("--limit", "Most messages to list.", "N", StandardLimit, least: 1);
        var before = IdOption.Create("--before", "Only messages older than this one.");
        var command = new VerbCommand("inbox", "List the newest messages that were delivered and not deleted.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat inbox --with bob --limit 20"],
        };
        command.Add(with);
        command.Add(limit);
        command.Add(before);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var sender = parsed.GetValue(with) is { } given ? Credentials.CheckName(given, "--with") : null;
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    var (found, hasMore) = await Pages.NewestAsync(
                        parsed.GetValue(before),
                        parsed.GetValue(limit),
                        (before, count) => ReadAsync(client, before, count, cancellation),
                        message => message.Id,
                        message => !message.IsAway && (sender is null || Names.AreSame(sender, message.Sender)));
                    verb.Data.WriteMessages(found);
                    if (hasMore)
                    {
                        verb.Lines.Note(
                            "more", FormattableString.Invariant($"There are older ones: --before {found[0].Id}."));
                    }
                },
                cancellation);
        }));
        return command;
    }

    private static async Task<IReadOnlyList<ListedMessage>> ReadAsync(
        JoChatClient client, long? before, int count, CancellationToken cancellation)
    {
        if (client.IsSide)
        {
            var page = await client.ReadInboxAsync(before: before, count: count, cancellation: cancellation);
            return [.. page.Select(ListedMessage.Of)];
        }
        // An older server lists all at once, without times.
        var all = await client.ListDeliveredAsync(cancellation);
        return [.. all.Where(message => message.Id < (before ?? long.MaxValue)).TakeLast(count)
            .Select(message => ListedMessage.To(client.Username!, message, isAway: false))];
    }
}
