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
        "blocked",
        async (client, name, cancellation) =>
        {
            await client.BlockAsync(name, cancellation);
            return $"Blocked {SafeText.Of(name)}.";
        });

    public static Command CreateUnblock(GlobalOptions options, CliEnvironment environment) => Create(
        options, environment,
        new VerbCommand("unblock", "Let somebody reach you again.")
        {
            Group = VerbGroup.People,
            Examples = ["jochat unblock eve"],
        },
        "unblocked",
        async (client, name, cancellation) => await People.UnblockAsync(client, name, cancellation)
            ? $"Unblocked {SafeText.Of(name)}."
            : $"{SafeText.Of(name)} is not blocked.");

    private static VerbCommand Create(
        GlobalOptions options, CliEnvironment environment, VerbCommand command, string member,
        Func<JoChatClient, string, CancellationToken, Task<string>> askAsync)
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
                    var done = await askAsync(client, name, cancellation);
                    verb.Data.WriteDone(json => json.WriteString(member, name), done);
                },
                cancellation);
        }));
        return command;
    }
}
