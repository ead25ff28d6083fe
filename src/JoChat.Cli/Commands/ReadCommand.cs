using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;

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
                    var newest = parsed.GetValue(through)
                        ?? (await client.ReadHistoryAsync(with, before: null, count: 1, cancellation))
                            .Select(message => (long?)message.Id).LastOrDefault();
                    if (newest is { } id) { await client.MarkReadAsync(with, id, cancellation); }
                    verb.Data.WriteDone(
                        json =>
                        {
                            json.WriteString("with", with);
                            if (newest is null) { json.WriteNull("through"); }
                            else { json.WriteNumber("through", newest.Value); }
                        },
                        newest is null
                            ? $"There are no messages with {SafeText.Of(with)}."
                            : FormattableString.Invariant($"Read {SafeText.Of(with)} through {newest}."));
                },
                cancellation);
        }));
        return command;
    }
}
