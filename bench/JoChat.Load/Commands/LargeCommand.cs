using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>large</c> with its options.</summary>
internal static class LargeCommand
{
    public static Command Create(CommonOptions common)
    {
        var messages = CommonOptions.Number(
            "--messages", "Messages of the large database", 5_000_000, LargeSize.Small.Messages, LargeSize.Most);
        var accounts = CommonOptions.Number(
            "--accounts", "Accounts of the large database", 200_000, LargeSize.Small.Accounts, LargeSize.Most);
        var command = new Command("large", "Every operation over a large database and a small one, in turn")
        {
            messages, accounts, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed);
            var size = new LargeSize(parsed.GetValue(messages), parsed.GetValue(accounts));
            var title = FormattableString.Invariant($"large: {size.Messages} messages, {size.Accounts} accounts");
            return new Measurement(
                title, ["large", "small", "target"],
                () => new LargeWorkload(size, options).RunAsync(cancellation)).RunAsync(options, cancellation);
        });
        return command;
    }
}
