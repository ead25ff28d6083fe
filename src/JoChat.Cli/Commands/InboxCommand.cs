using System.CommandLine;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat inbox</c>.</summary>
internal static class InboxCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var command = new Command("inbox", "List the messages that were delivered and not deleted.");
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
            await verb.WhileLoggedInAsync(
                await verb.ReadCredentialsAsync(cancellation),
                async (client, _) => verb.Data.WriteMessages(await client.ListDeliveredAsync(cancellation)),
                cancellation)));
        return command;
    }
}
