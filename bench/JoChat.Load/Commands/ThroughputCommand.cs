using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>throughput</c>.</summary>
internal static class ThroughputCommand
{
    public static Command Create(CommonOptions common)
    {
        var pairs = CommonOptions.Number("--pairs", "Senders, each with a recipient of its own", 50, 1, 1000);
        var seconds = CommonOptions.Number("--seconds", "How long it is measured", 10, 1, 600);
        var command = new Command("throughput", "Pairs of sender and recipient, both online")
        {
            pairs, common.InFlight, seconds, common.Runs, common.Store, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with
            {
                Pairs = parsed.GetValue(pairs),
                InFlight = parsed.GetValue(common.InFlight),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            };
            var each = FormattableString.Invariant($"{options.InFlight} in flight each");
            var title = FormattableString.Invariant(
                $"throughput: {options.Pairs} pairs, {each}, {options.Duration.TotalSeconds} s");
            Task<RunResult> Run(LoadOptions which) => new ThroughputWorkload(which).RunAsync(cancellation);
            var measurement = options.OnPostgres
                ? Measurement.BesideSqlite(title, options, Run)
                : Measurement.BesideFloors(title, options, () => Run(options), cancellation);
            return measurement.RunAsync(options, cancellation);
        });
        return command;
    }
}
