using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>storm</c>.</summary>
internal static class StormCommand
{
    public static Command Create(CommonOptions common)
    {
        var connections = CommonOptions.Number("--connections", "Logged-in connections", 5_000, 100, 100_000);
        var command = new Command("storm", "Connections are all cut and all come back at once, beside chatting pairs")
        {
            connections, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with { Connections = parsed.GetValue(connections) };
            var title = FormattableString.Invariant($"storm: {options.Connections} connections");
            return Measurement
                .BesideTarget(
                    title, () => new StormWorkload(options).RunAsync(cancellation), StormWorkload.Target(options))
                .RunAsync(options, cancellation);
        });
        return command;
    }
}
