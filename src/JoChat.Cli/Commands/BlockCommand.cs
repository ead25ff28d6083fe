using System.CommandLine;
using JoChat.Cli.Arguments;
using JoChat.Cli.Display;
using JoChat.Client;

namespace JoChat.Cli.Commands;

/// <summary><c>jochat block WHO</c> and <c>jochat unblock WHO</c>.</summary>
internal static class BlockCommand
{
    public static Command Create(GlobalOptions options, CliEnvironment environment) => Create(
        options, environment,
        new VerbCommand("block", "Keep somebody's messages from you; they are not told.")
        {
            Group = VerbGroup.People,
            Examples = ["jochat block eve"],
            ExitCodes =
                [ExitCode.Refused, ExitCode.Unreachable, ExitCode.NotLoggedIn, ExitCode.NoSuchRecipient],
        },
        "blocked", "Blocked", (client, who, cancellation) => client.BlockAsync(who, cancellation));

    public static Command CreateUnblock(GlobalOptions options, CliEnvironment environment) => Create(
        options, environment,
        new VerbCommand("unblock", "Let somebody reach you again.")
        {
            Group = VerbGroup.People,
            Examples = ["jochat unblock eve"],
        },
        "unblocked", "Unblocked", (client, who, cancellation) => client.UnblockAsync(who, cancellation));

    private static VerbCommand Create(
        GlobalOptions options, CliEnvironment environment, VerbCommand command, string member, string done,
        Func<JoChatClient, string, CancellationToken, Task> ask)
    {
        var who = new Argument<string>("WHO") { Description = "Their name." };
        command.Add(who);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(options, environment, parsed, async verb =>
        {
            var name = Credentials.CheckName(parsed.GetRequiredValue(who), "WHO");
            await verb.WhileLoggedInAsync(
                await verb.ReadAccessAsync(cancellation),
                async (client, _) =>
                {
                    await ask(client, name, cancellation);
                    verb.Data.WriteDone(json => json.WriteString(member, name), $"{done} {SafeText.Of(name)}.");
                },
                cancellation);
        }));
        return command;
    }
}
