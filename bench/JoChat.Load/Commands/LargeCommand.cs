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
            "--accounts", "Accounts of the large database", 200_000, LargeSize.Small.SeededAccounts, LargeSize.Most);
        var command = new Command("large", "Every operation over a large database and a small one, in turn")
        {
            messages, accounts, common.Folder,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var large = new LargeSize(parsed.GetValue(messages), parsed.GetValue(accounts));
            return new LargeWorkload(large, parsed.GetValue(common.Folder)!.FullName)
                .RunAsync(Console.Out, cancellation);
        });
        return command;
    }
}
