using System.Globalization;

namespace JoChat.Load;

/// <summary>Pairs of a sender and a recipient, both online: how much goes through, and how fast.</summary>
internal sealed class Throughput(LoadOptions options)
{
    private const long MostMessages = 5_000_000; // a bound for the disk
    private readonly Stage _stage = new();
    private readonly List<(LoadConnection Connection, Sender Talk)> _senders = [];
    private readonly List<(LoadConnection Connection, Recipient Talk)> _recipients = [];

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = new DiskFolder(options.Folder);
        await using var server = await ChatServer.StartAsync(folder);
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            await EnterPairAsync(server, pair.ToString("D4", CultureInfo.InvariantCulture));
        }
        var loop = new ClosedLoop(_stage, [.. _senders.Select(sender => sender.Talk)],
            [.. _recipients.Select(recipient => recipient.Talk)]);

        foreach (var (connection, _) in _senders) { connection.Send(Requests.CountUnread()); }
        var result = await loop.MeasureAsync(server.Process, options.Duration, MostMessages, cancellation);
        var end = ProcessUsage.Of(server.Process);
        await CheckAsync(cancellation);
        return new RunResult([.. Figures(result, end)], _stage.Faults);
    }

    private async Task EnterPairAsync(ChatServer server, string pair)
    {
        var recipient = await server.EnterAsync($"r{pair}", wantsPush: true);
        var inbox = new Recipient(_stage);
        recipient.HandTo(inbox);
        _recipients.Add((recipient, inbox));

        var connection = await server.EnterAsync($"s{pair}", wantsPush: false);
        var frame = Requests.Send($"s{pair}", $"r{pair}", NumberedText.Blank);
        var sender = new Sender(connection, _stage, frame, ChatServer.Stored, options.InFlight);
        connection.HandTo(sender);
        _senders.Add((connection, sender));
    }

    // What would come twice comes before the answer to a request that is asked when all has come once.
    private async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var (connection, _) in _recipients) { connection.Send(Requests.CountUnread()); }
        var isAnswered = await Settling.UntilAsync(
            () => _stage.HasFailed || _recipients.All(recipient => recipient.Talk.IsFenced),
            Settling.Patience, cancellation);
        if (!isAnswered) { _stage.Fail("A recipient was not answered"); }
        foreach (var (sender, recipient) in _senders.Zip(_recipients))
        {
            var (sent, received) = (sender.Talk.Sent, recipient.Talk.Received);
            if (received != sent) { _stage.Fail($"{received} of {sent} messages were received"); }
        }
    }

    private static IEnumerable<Figure> Figures(LoopResult result, ProcessUsage end) =>
    [
        Figure.Rate("delivered", result.Received, result.Spent.Seconds),
        Figure.Rate("acknowledged", result.Answered, result.Spent.Seconds),
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
