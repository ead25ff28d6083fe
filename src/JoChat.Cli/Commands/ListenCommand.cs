using System.CommandLine;
using System.Threading.Channels;
using JoChat.Cli.Arguments;
using JoChat.Cli.State;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat listen</c>.</summary>
internal static class ListenCommand
{
    private const Features ListenFeatures = Features.Side | Features.Push | Features.Rotate;

    public static Command Create(GlobalOptions options, CliEnvironment environment)
    {
        var after = IdOption.Create(
            "--after",
            "Begin behind this message (else: where the last run ended). Those before it count as delivered then.");
        var command = new VerbCommand("listen", "Print messages as they arrive, each once, until ended with Ctrl-C.")
        {
            Group = VerbGroup.Messages,
            Examples = ["jochat listen --json", "jochat listen --json --after 17 | my-bot"],
            IsEndless = true,
        };
        command.Add(after);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var access = await verb.ReadAccessAsync(cancellation);
            await using var client = await verb.ConnectAsync(
                verb.Settings.ToClientOptions() with { Features = ListenFeatures, Reconnect = true },
                cancellation);
            if (!client.IsSide)
            {
                throw new CommandFailedException("This server cannot be listened to: it is too old.", ExitCode.Refused);
            }
            await verb.WhileLoggedInAsync(client, access, ListenAsync, cancellation);

            async Task ListenAsync(JoChatClient client, long away)
            {
                var cursor = new ListenCursor(environment.State, verb.Settings.Server, client.Username!);
                try
                {
                    await new InboxListener(client, verb, environment, cursor).RunAsync(
                        parsed.GetValue(after), cancellation);
                }
                catch (ChannelClosedException)
                {
                    await client.CountUnreadAsync(cancellation); // throws why the session has ended
                }
            }
        }));
        return command;
    }
}
