namespace JoChat.Load;

/// <summary>Pairs of a sender and a recipient, both online: how much goes through, and how fast.</summary>
internal sealed class Throughput(LoadOptions options)
{
    private const long MostMessages = 5_000_000; // a bound for the disk
    private readonly Stage _stage = new();

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = new DiskFolder(options.Folder);
        await using var server = await ChatServer.StartAsync(folder);
        var pairs = new Pairs(_stage);
        await pairs.EnterAsync(server, options.Pairs);
        var loop = new ClosedLoop(_stage, [.. pairs.Senders.Select(Begin)], pairs.Recipients);

        foreach (var (connection, _) in pairs.Senders) { connection.Send(Requests.CountUnread()); }
        var result = await loop.MeasureAsync(server.Process, options.Duration, MostMessages, cancellation);
        var end = ProcessUsage.Of(server.Process);
        await pairs.CheckAsync(cancellation);
        return new RunResult([.. Figures(result, end)], _stage.Faults);
    }

    private Sender Begin((LoadConnection Connection, Letters Letters) of)
    {
        var sender = new Sender(of.Connection, _stage, of.Letters, ChatServer.Stored, options.InFlight);
        of.Connection.HandTo(sender);
        return sender;
    }

    private static IEnumerable<Figure> Figures(LoopResult result, ProcessUsage end) =>
    [
        Figure.Rate("delivered", result.Received, result.Spent.Seconds),
        Figure.Rate("acknowledged", result.Answered, result.Spent.Seconds),
        Figure.Rate("frames in and out", 2 * result.Answered + result.Received, result.Spent.Seconds),
        .. Figure.Latencies("ack", result.AnswerLatency),
        .. Figure.Latencies("end to end", result.EndToEnd),
        Figure.Cpu("server CPU", result.Spent.ServerCpu, result.Answered),
        Figure.Memory("server memory", result.Spent.To.MemoryBytes),
        Figure.Memory("server memory, peak", end.PeakMemoryBytes),
        Figure.Cpu("generator CPU", result.Spent.OwnCpu, result.Answered),
        new("other CPU", "cores", result.Spent.OtherCores),
        .. Figure.BusiestThreads(result.Spent),
    ];
}
