using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>attack</c>, and the hidden one that runs the attackers in a process of their own.</summary>
internal static class AttackCommand
{
    public static Command Create(CommonOptions common)
    {
        var seconds = CommonOptions.Number("--seconds", "How long each attack takes", 10, 1, 600);
        var accounts = CommonOptions.Number("--accounts", "Accounts in the database", 50_000, 1_000, 1_000_000);
        var attack = new Option<string?>("--only") { Description = "Only these attacks, together", HelpName = "NAME,..." };
        var command = new Command("attack", "Pairs that chat while 20 accounts and 300 guests do their worst")
        {
            seconds, accounts, attack, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with
            {
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Connections = parsed.GetValue(accounts),
                Attack = parsed.GetValue(attack),
            };
            return AttackWorkload.Measure(options, cancellation).RunAsync(options, cancellation);
        });
        return command;
    }

    /// <summary>The attackers.</summary>
    public static Command CreateAttackers()
    {
        var port = new Argument<int>("port");
        var attack = new Argument<string>("attack");
        var command = new Command("attackers", "Who attacks, until it is ended") { port, attack };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) =>
            AttackCrowd.RunAsync(parsed.GetValue(port), parsed.GetValue(attack)!, cancellation));
        return command;
    }
}
