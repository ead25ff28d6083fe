using System.CommandLine;
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
        var count = NumberOption.Create("--count", "Most accounts to list.", "N", ListAccounts.DefaultCount);
        var command = new Command("accounts", "Find people by name.") { pattern, start, count };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadCredentialsAsync(cancellation),
                async (client, _) => verb.Data.WriteAccounts(await client.ListAccountsAsync(
                    parsed.GetRequiredValue(pattern), parsed.GetValue(start), parsed.GetValue(count), cancellation)),
                cancellation)));
        return command;
    }
}
