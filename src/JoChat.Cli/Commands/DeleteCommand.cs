using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using JoChat.Cli.Arguments;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat delete ID...</c>.</summary>
internal static class DeleteCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var ids = new Argument<long[]>("ID")
        {
            Description = "Ids of messages that you received, as inbox and away show them.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = ParseIds,
        };
        var command = new VerbCommand("delete", "Delete messages that you received.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat delete 17 21"],
        };
        command.Add(ids);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    var count = await client.DeleteMessagesAsync(parsed.GetRequiredValue(ids), cancellation);
                    verb.Data.WriteDone(
                        json => json.WriteNumber("deleted_count", count), $"Deleted {count} messages.");
                },
                cancellation)));
        return command;
    }

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
