using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>idle</c>.</summary>
internal static class IdleCommand
{
    public static Command Create(CommonOptions common)
    {
        var connections = CommonOptions.Number("--connections", "Logged-in connections", 20_000, 100, 100_000);
        var command = new Command("idle", "Logged-in connections that do nothing: memory each, log-ins, all reachable")
        {
            connections, common.Runs, common.Gateways, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with { Connections = parsed.GetValue(connections) };
            var title = FormattableString.Invariant($"idle: {options.Connections} connections")
                + ClusterComparison.Describe(options);
            Task<RunResult> Run(LoadOptions which) => new IdleWorkload(which).RunAsync(cancellation);
            var measurement = options.Gateways > 0
                ? ClusterComparison.Create(title, options, Run)
                : Measurement.BesideTarget(title, () => Run(options), IdleWorkload.Target(options));
            return measurement.RunAsync(options, cancellation);
        });
        return command;
    }
}
