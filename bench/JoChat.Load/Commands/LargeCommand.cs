using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>large</c> with its options.</summary>
internal static class LargeCommand
{
    public static Command Create(Option<DirectoryInfo> folder)
    {
        var messages = Number("--messages", "Messages of the large database", 5_000_000);
        var accounts = Number("--accounts", "Accounts of the large database", 200_000);
        var command = new Command("large", "Every operation over a large database and a small one, in turn")
        {
            messages, accounts, folder,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var large = new LargeSize(parsed.GetValue(messages), parsed.GetValue(accounts));
            return new Large(large, parsed.GetValue(folder)!.FullName).RunAsync(Console.Out, cancellation);
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int usual)
    {
        var option = new Option<int>(name)
        {
            Description = FormattableString.Invariant($"{description}, {LargeSize.Least} to {LargeSize.Most}"),
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < LargeSize.Least or > LargeSize.Most)
            {
                result.AddError(FormattableString.Invariant($"{name} takes {LargeSize.Least} to {LargeSize.Most}"));
            }
        });
        return option;
    }
}
