using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat history WHO</c>.</summary>
internal static class HistoryCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var who = new Argument<string>("WHO") { Description = "The other person." };
        var limit = NumberOption.Create(
            "--limit", "Most messages to list.", "N", ReadHistory.DefaultCount, least: 1);
        var before = IdOption.Create("--before", "Only messages older than this one.");
        var command = new VerbCommand("history", "List what you and somebody wrote to each other, the newest last.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat history bob --limit 20"],
            ExitCodes =
                [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn, ExitCode.NoSuchRecipient],
        };
        command.Add(who);
        command.Add(limit);
        command.Add(before);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var with = Credentials.CheckName(parsed.GetRequiredValue(who), "WHO");
            await verb.WhileLoggedInAsync(await verb.ReadAccessAsync(cancellation), ListAsync, cancellation);

            async Task ListAsync(JoChatClient client, long away)
            {
                var (messages, hasMore) = await Pages.NewestAsync<HistoryMessage>(
                    parsed.GetValue(before),
                    parsed.GetValue(limit),
                    async (before, count) => await client.ReadHistoryAsync(with, before, count, cancellation),
                    message => message.Id);
                // It says so if there is nobody.
                if (messages.Count == 0) { await People.FindExactlyAsync(client, with, cancellation); }
                verb.Data.WriteTalk([.. messages.Select(ListedMessage.Of)]);
                if (hasMore)
                {
                    verb.Lines.Note(
                        "more", FormattableString.Invariant($"There are older ones: --before {messages[0].Id}."));
                }
            }
        }));
        return command;
    }
}
