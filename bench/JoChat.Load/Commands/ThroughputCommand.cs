using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>throughput</c>.</summary>
internal static class ThroughputCommand
{
    public static Command Create(CommonOptions common)
    {
        var pairs = CommonOptions.Number("--pairs", "Senders, each with a recipient of its own", 50, 1, 1000);
        var seconds = CommonOptions.Number("--seconds", "How long it is measured", 10, 1, 600);
        var tls = new Option<bool>("--tls") { Description = "TLS between the processes of --gateways, beside none" };
        var command = new Command("throughput", "Pairs of sender and recipient, both online")
        {
            pairs, common.InFlight, seconds, common.Runs, common.Store, common.Gateways, tls, common.Folder,
            common.Json,
        };
        command.Validators.Add(given =>
        {
            if (given.GetValue(tls) && given.GetValue(common.Gateways) == 0)
            {
                given.AddError("--tls is for the processes of a cluster: it takes --gateways");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with
            {
                Pairs = parsed.GetValue(pairs),
                InFlight = parsed.GetValue(common.InFlight),
                Tls = parsed.GetValue(tls),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            };
            var each = FormattableString.Invariant($"{options.InFlight} in flight each");
            var title = FormattableString.Invariant(
                $"throughput: {options.Pairs} pairs, {each}, {options.Duration.TotalSeconds} s")
                + ClusterComparison.Describe(options);
            Task<RunResult> Run(LoadOptions which) => new ThroughputWorkload(which).RunAsync(cancellation);
            var measurement = options switch
            {
                { Gateways: > 0 } => ClusterComparison.Create(title, options, Run),
                { OnPostgres: true } => Measurement.BesideSqlite(title, options, Run),
                _ => Measurement.BesideFloors(title, options, () => Run(options), cancellation),
            };
            return measurement.RunAsync(options, cancellation);
        });
        return command;
    }
}
