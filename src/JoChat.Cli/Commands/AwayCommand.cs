using System.CommandLine;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat away</c>.</summary>
internal static class AwayCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var limit = NumberOption.Create("--limit", "Most messages to take.", "N", FetchAway.DefaultLimit);
        var command = new Command("away", "Take the oldest messages sent while away; they are in the inbox then.")
        {
            limit,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadCredentialsAsync(cancellation),
                async (client, _) =>
                    verb.Data.WriteMessages(await client.FetchAwayAsync(parsed.GetValue(limit), cancellation)),
                cancellation)));
        return command;
    }
}
