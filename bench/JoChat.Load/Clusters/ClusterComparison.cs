namespace JoChat.Load;

/// <summary>A workload on a cluster beside the same on one process, or with TLS between the processes beside the same
/// without. What the first costs more is shown too.</summary>
internal static class ClusterComparison
{
    public static Measurement Create(string title, LoadOptions options, Func<LoadOptions, Task<RunResult>> run)
    {
        var other = options.Tls ? options with { Tls = false } : options with { Gateways = 0 };
        return new Measurement(title, options.Tls ? ["TLS", "no TLS"] : ["cluster", "alone"], async () =>
        {
            var (measured, control) = (await run(options), await run(other));
            return [measured with { Figures = [.. measured.Figures, .. More(measured, control)] }, control];
        });
    }

    /// <summary>How the title tells which processes are measured.</summary>
    public static string Describe(LoadOptions options) => options.Gateways == 0 ? ""
        : FormattableString.Invariant($", one store and {options.Gateways} gateway(s)")
            + (options.OnPostgres ? " over PostgreSQL" : "");

    /// <summary>What one run costs more than another, in the figures that both have.</summary>
    internal static IEnumerable<Figure> More(RunResult measured, RunResult control) =>
        from figure in measured.Figures
        where figure.Name is "server CPU" or "ack p50" or "memory each"
        join beside in control.Figures on figure.Name equals beside.Name
        select new Figure($"more {figure.Name}", figure.Unit, figure.Value - beside.Value);
}
