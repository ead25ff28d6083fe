using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat conversations</c>.</summary>
internal static class ConversationsCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var limit = NumberOption.Create(
            "--limit", "Most conversations to list.", "N", ListConversations.DefaultCount, least: 1);
        var before = IdOption.Create("--before", "Only those whose last message is older than this one.");
        var command = new VerbCommand("conversations", "List whom you wrote to or heard from, the newest first.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat conversations --limit 5"],
        };
        command.Add(limit);
        command.Add(before);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    // Pages come newest first here, and are gathered the other way round.
                    var (found, hasMore) = await Pages.NewestAsync(
                        parsed.GetValue(before),
                        parsed.GetValue(limit),
                        async (before, count) => await ReadAscendingAsync(client, before, count, cancellation),
                        conversation => conversation.LastMessage?.Id ?? 0);
                    found.Reverse();
                    verb.Data.WriteConversations(found);
                    if (hasMore && found[^1].LastMessage is { } last)
                    {
                        verb.Lines.Note(
                            "more", FormattableString.Invariant($"There are older ones: --before {last.Id}."));
                    }
                },
                cancellation)));
        return command;
    }

    private static async Task<IReadOnlyList<Conversation>> ReadAscendingAsync(
        JoChatClient client, long? before, int count, CancellationToken cancellation)
    {
        var page = await client.ListConversationsAsync(before, count, cancellation);
        return [.. page.Reverse()];
    }
}
