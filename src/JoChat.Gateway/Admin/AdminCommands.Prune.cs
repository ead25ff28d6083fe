using System.CommandLine;
using System.CommandLine.Parsing;
using JoChat.Actors;

namespace JoChat.Gateway;

// prune: deletes old messages.
internal sealed partial class AdminCommands
{
    private readonly Option<TimeSpan> _olderThan = new("--older-than")
    {
        Description = $"How old: {MessageAge.Expected}",
        HelpName = "AGE",
        Required = true,
        CustomParser = ParseAge,
    };

    private async Task PruneAsync(AdminClient client, ParseResult parsed)
    {
        var request = new AdminRequest(OlderThan: parsed.GetRequiredValue(_olderThan));
        if (!parsed.GetValue(_yes))
        {
            var there = (await client.AskAsync("/prune/count", request)).Prune!;
            throw new OperatorException(FormattableString.Invariant(
                $"{there.Messages} messages from before {Shown(there.Before)} stay: say --yes to delete them"));
        }
        var done = (await client.AskAsync("/prune", request, soFar => Console.Error.WriteLine(
            FormattableString.Invariant($"jochat-gateway: {soFar.Prune!.Messages} messages deleted so far")))).Prune!;
        parsed.InvocationConfiguration.Output.WriteLine(
            FormattableString.Invariant($"Deleted {done.Messages} messages from before {Shown(done.Before)}"));
    }

    private static TimeSpan ParseAge(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (MessageAge.Parse(text) is { } age) { return age; }
        given.AddError($"--older-than: expected {MessageAge.Expected}, came \"{text}\"");
        return default;
    }
}
