using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>logins</c>.</summary>
internal static class LoginsCommand
{
    public static Command Create(CommonOptions common)
    {
        var trials = CommonOptions.Number("--trials", "Logins that are refused", 20_000, 1_000, 1_000_000);
        var rounds = CommonOptions.Number("--rounds", "Rounds of a new password hash", 1_000, 100, 210_000);
        var command = new Command("logins", "Whether the time of a refused login tells what account there is")
        {
            trials, rounds, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with { Messages = parsed.GetValue(trials) };
            var workload = new LoginsWorkload(options, parsed.GetValue(rounds));
            return Measurement
                .BesideTarget(workload.Title, () => workload.RunAsync(cancellation), LoginsWorkload.Target)
                .RunAsync(options, cancellation);
        });
        return command;
    }
}
