using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Client;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat read WHO</c>.</summary>
internal static class ReadCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var who = new Argument<string>("WHO") { Description = "Whose messages." };
        var through = IdOption.Create("--through", "The newest that you have read (else: the newest there is).");
        var command = new VerbCommand("read", "Say that you have read somebody's messages; they are told.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat read bob"],
            ExitCodes =
                [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn, ExitCode.NoSuchRecipient],
        };
        command.Add(who);
        command.Add(through);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var with = Credentials.CheckName(parsed.GetRequiredValue(who), "WHO");
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    var last = parsed.GetValue(through);
                    var newest = await NewestFromAsync(client, with, last, cancellation);
                    if (newest is { } id) { await client.MarkReadAsync(with, id, cancellation); }
                    else { await People.FindExactlyAsync(client, with, cancellation); } // it says so if there is nobody
                    verb.Data.WriteDone(
                        json =>
                        {
                            json.WriteString("with", with);
                            if (newest is null) { json.WriteNull("through"); }
                            else { json.WriteNumber("through", newest.Value); }
                        },
                        FormattableString.Invariant((newest, last) switch
                        {
                            ({ } marked, _) => $"Read {SafeText.Of(with)} through {marked}.",
                            (_, { } bound) => $"There are no messages from {SafeText.Of(with)} up to {bound}.",
                            _ => $"There are no messages from {SafeText.Of(with)}.",
                        }));
                },
                cancellation);
        }));
        return command;
    }

    // The server answers no more than that it is done, and marks what there is up to an id.
    private static async Task<long?> NewestFromAsync(
        JoChatClient client, string sender, long? through, CancellationToken cancellation)
    {
        var before = through is < long.MaxValue ? through + 1 : null;
        while (true)
        {
            var page = await client.ReadHistoryAsync(sender, before, cancellation: cancellation);
            if (page.IsEmpty) { return null; }
            foreach (var message in page.Reverse())
            {
                if (Names.AreSame(message.Sender, sender)) { return message.Id; }
            }
            before = page[0].Id;
        }
    }
}
