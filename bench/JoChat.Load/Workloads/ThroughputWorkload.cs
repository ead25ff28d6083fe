using JoChat.Testing;

namespace JoChat.Load;

/// <summary>Pairs of a sender and a recipient, both online: how much goes through, and how fast.</summary>
internal sealed class ThroughputWorkload(LoadOptions options)
{
    private const long MostMessages = 5_000_000; // a bound for the disk
    private readonly LoadState _state = new();

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        using var postgres = options.OnPostgres ? new PostgresCluster() : null;
        await using var server = await ChatServer.StartAsync(
            folder, database: postgres?.CreateDatabase(), gateways: options.Gateways, tls: options.Tls);
        var pairs = new Pairs(_state);
        await pairs.LogInAsync(server, options.Pairs);
        var loop = new ClosedLoop(_state, [.. pairs.Senders.Select(Begin)], pairs.Recipients);

        foreach (var (connection, _) in pairs.Senders) { connection.Send(Requests.CountUnread()); }
        var result = await loop.MeasureAsync(server.Processes, options.Duration, MostMessages, cancellation);
        var end = ProcessUsage.Of(server.Processes);
        await pairs.CheckAsync(cancellation);
        return new RunResult([.. Figures(server, result, end)], _state.Faults);
    }

    private ClosedLoopSender Begin((LoadConnection Connection, MessageFrames Messages) of)
    {
        var sender = new ClosedLoopSender(of.Connection, _state, of.Messages, ChatServer.Stored, options.InFlight);
        of.Connection.HandTo(sender);
        return sender;
    }

    private static IEnumerable<Figure> Figures(ChatServer server, LoopResult result, ProcessUsage end) =>
    [
        Figure.Rate("delivered", result.Received, result.Usage.Seconds),
        Figure.Rate("acknowledged", result.Answered, result.Usage.Seconds),
        Figure.Rate("frames in and out", 2 * result.Answered + result.Received, result.Usage.Seconds),
        .. Figure.Latencies("ack", result.AnswerLatency),
        .. Figure.Latencies("end to end", result.EndToEnd),
        Figure.Cpu("server CPU", result.Usage.ServerCpu, result.Answered),
        .. server.Roles.Zip(result.Usage.EachCpu, (role, seconds) => Figure.Cpu($"{role} CPU", seconds, result.Answered)),
        Figure.Memory("server memory", result.Usage.To.MemoryBytes),
        Figure.Memory("server memory, peak", end.PeakMemoryBytes),
        Figure.Cpu("generator CPU", result.Usage.OwnCpu, result.Answered),
        new("other CPU", "cores", result.Usage.OtherCores),
        .. Figure.BusiestThreads(result.Usage),
    ];
}
