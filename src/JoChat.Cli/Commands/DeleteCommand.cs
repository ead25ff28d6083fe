using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat delete ID...</c> and <c>jochat delete --from WHO</c>.</summary>
internal static class DeleteCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var ids = new Argument<long[]>("ID")
        {
            Description = "Ids of messages that you received, as inbox and away show them.",
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = ParseIds,
        };
        var command = new VerbCommand("delete", "Delete messages that you received.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat delete 17 21", "jochat delete --from eve"],
            ExitCodes =
                [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn, ExitCode.NoSuchRecipient],
        };
        var from = new Option<string>("--from")
        {
            Description = "Delete all that this person has sent you.",
            HelpName = "WHO",
        };
        var yes = GlobalOptions.Flag("--yes", "Do not ask (with --from).");
        command.Add(ids);
        command.Add(from);
        command.Add(yes);
        command.Validators.Add(given =>
        {
            var hasIds = given.GetResult(ids) is { Tokens.Count: > 0 };
            if (hasIds == given.GetResult(from) is not null)
            {
                given.AddError("Give either ids or --from WHO.");
            }
        });
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, verb =>
            parsed.GetValue(from) is { } sender
                ? DeleteFromAsync(verb, sender, parsed.GetValue(yes), environment, cancellation)
                : DeleteAsync(verb, parsed.GetRequiredValue(ids), cancellation)));
        return command;
    }

    private static async Task DeleteAsync(Verb verb, long[] ids, CancellationToken cancellation) =>
        await verb.WhileLoggedInAsync(
            await verb.ReadAccessAsync(cancellation),
            async (client, _) => Tell(verb, await client.DeleteMessagesAsync(ids, cancellation)),
            cancellation);

    private static async Task DeleteFromAsync(
        Verb verb, string who, bool isConfirmed, CliEnvironment environment, CancellationToken cancellation)
    {
        var sender = Credentials.CheckName(who, "--from");
        Confirmation.CheckCanAsk(isConfirmed, environment);
        var access = await verb.ReadAccessAsync(cancellation);
        if (!isConfirmed)
        {
            await Confirmation.AskAsync(
                $"This deletes all that {SafeText.Of(sender)} has sent you for good, for them too.",
                sender, environment, cancellation);
        }
        await verb.WhileLoggedInAsync(
            access,
            async (client, _) =>
            {
                var count = await client.DeleteFromAsync(sender, cancellation);
                // It says so if there is nobody.
                if (count == 0) { await People.FindExactlyAsync(client, sender, cancellation); }
                Tell(verb, count);
            },
            cancellation);
    }

    private static void Tell(Verb verb, long count) => verb.Data.WriteDone(
        json => json.WriteNumber("deleted_count", count),
        string.Create(CultureInfo.InvariantCulture, $"Deleted {count} {(count == 1 ? "message" : "messages")}."));

    private static long[] ParseIds(ArgumentResult argument)
    {
        var ids = new List<long>();
        foreach (var token in argument.Tokens)
        {
            var isNumber = long.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
            if (isNumber) { ids.Add(id); }
            else { argument.AddError($"ID: must be a whole number, not \"{token.Value}\"."); }
        }
        return [.. ids];
    }
}
