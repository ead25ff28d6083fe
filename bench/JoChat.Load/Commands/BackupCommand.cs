using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>backup</c>.</summary>
internal static class BackupCommand
{
    public static Command Create(CommonOptions common)
    {
        var messages = CommonOptions.Number(
            "--messages", "Messages of the database", 4_000_000, LargeSize.Small.Messages, LargeSize.Most);
        var seconds = CommonOptions.Number("--seconds", "Seconds before and after", 20, 5, 600);
        var command = new Command("backup", "A backup while people chat, 2,000 messages a second, and one reads old messages")
        {
            messages, seconds, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with { Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)) };
            var size = new LargeSize(parsed.GetValue(messages), 10_000);
            var title = FormattableString.Invariant($"backup: {size.Messages} messages");
            return new Measurement(title, ["JoChat", "target"], () => new BackupWorkload(size, options).RunAsync(cancellation))
                .RunAsync(options, cancellation);
        });
        return command;
    }
}
