using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat accounts PATTERN</c>.</summary>
internal static class AccountsCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var pattern = new Argument<string>("PATTERN")
        {
            Description = "A part of the name, or the whole name with the wildcards * and ?.",
        };
        var start = NumberOption.Create("--start", "How many matches to pass over.", "N", standard: 0);
        var limit = NumberOption.Create(
            "--limit", "Most accounts to list.", "N", ListAccounts.DefaultCount, least: 1);
        limit.Aliases.Add("--count");
        var command = new VerbCommand("accounts", "Find people by name, and see who is present.")
        {
            Group = VerbGroup.People,
            Examples = ["jochat accounts 'b*'"],
        };
        command.Add(pattern);
        command.Add(start);
        command.Add(limit);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    var (first, most) = (parsed.GetValue(start), parsed.GetValue(limit));
                    var (found, hasMore) = await People.FindAsync(
                        client, parsed.GetRequiredValue(pattern), first, most, cancellation);
                    verb.Data.WriteAccounts(found, await People.PresentAsync(client, found, cancellation));
                    if (hasMore)
                    {
                        verb.Lines.Note("more", FormattableString.Invariant(
                            $"There are more: --start {(long)first + found.Count}."));
                    }
                },
                cancellation)));
        return command;
    }
}
