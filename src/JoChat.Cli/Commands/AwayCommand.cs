using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat away</c>.</summary>
internal static class AwayCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var limit = NumberOption.Create("--limit", "Most messages to take.", "N", FetchAway.DefaultLimit);
        var command = new VerbCommand("away", "Take the oldest messages sent while away; they are in the inbox then.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat away --limit 20 --json"],
        };
        command.Add(limit);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    await TakeAsync(client, verb, environment, parsed.GetValue(limit), cancellation);
                    if (await client.CountUnreadAsync(cancellation) is > 0 and var rest)
                    {
                        verb.Lines.Note("more", FormattableString.Invariant($"{rest} more: run jochat away again."));
                    }
                },
                cancellation)));
        return command;
    }

    // Delivered is what was printed, and not what only should have been.
    private static async Task TakeAsync(
        JoChatClient client, Verb verb, CliEnvironment environment, int limit, CancellationToken cancellation)
    {
        if (!client.IsSide)
        {
            var fetched = await client.FetchAwayAsync(limit, cancellation);
            verb.Data.WriteMessages(
                [.. fetched.Select(message => ListedMessage.To(client.Username!, message, isAway: true))]);
            return;
        }
        var messages = new List<ListedMessage>();
        while (messages.Count < limit)
        {
            var page = await client.ReadInboxAsync(
                messages.Count == 0 ? 0 : messages[^1].Id,
                before: null,
                undeliveredOnly: true,
                limit - messages.Count,
                cancellation);
            if (page.IsEmpty) { break; }
            messages.AddRange(page.Select(ListedMessage.Of));
        }
        verb.Data.WriteMessages(messages);
        if (environment.OutputFailure is not null)
        {
            throw environment.OutputFailed("Nothing was marked as delivered: it is still away.");
        }
        if (messages.Count > 0) { await client.MarkDeliveredAsync(messages[^1].Id, cancellation); }
    }
}
