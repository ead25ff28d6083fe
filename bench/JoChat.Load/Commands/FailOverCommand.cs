using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>failover</c>.</summary>
internal static class FailOverCommand
{
    public static Command Create(CommonOptions common)
    {
        var times = CommonOptions.Number("--times", "How often each fault", 5, 1, 100);
        var command = new Command("failover", "Nodes over PostgreSQL of which one is ended: how long nothing is acknowledged")
        {
            times, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new LoadOptions
            {
                Runs = 1,
                Folder = Path.GetTempPath(),
                Json = parsed.GetValue(common.Json)?.FullName,
            };
            return FailOverWorkload.Measure(parsed.GetValue(times), cancellation).RunAsync(options, cancellation);
        });
        return command;
    }
}
