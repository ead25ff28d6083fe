using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Many clients at once, whose accounts are in the database already. Shared state is changed by the socket
/// thread only.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly ChatServer _server;
    private Action<long> _whenAnswered = _ => { };
    private int _repeats;

    public Crowd(ChatServer server, LoadState state, IReadOnlyList<string> names, CrowdBehavior behavior)
    {
        (_server, State, Behavior) = (server, state, behavior);
        Clients = [.. names.Select((name, i) => new CrowdClient(this, name, i, behavior.Acknowledges(i)))];
    }

    public LoadState State { get; }

    public CrowdBehavior Behavior { get; }

    public IReadOnlyList<CrowdClient> Clients { get; }

    /// <summary>From sending to receiving, of every message.</summary>
    public LatencyHistogram EndToEnd { get; private set; } = new();

    /// <summary>The server's delivery window in bytes, from <c>hello</c>; 0 before that.</summary>
    public int WindowBytes { get; private set; }

    /// <summary>Messages that arrived again on a later connection, which is allowed.</summary>
    public int Repeats => Volatile.Read(ref _repeats);

    public long Received => Clients.Sum(client => client.Received);

    /// <summary>Connects all clients and sends <c>hello</c>, so many at a time.</summary>
    public Task<CrowdStep> ConnectAsync(int atATime, CancellationToken cancellation) => ForEachClientAsync(
        client => client.Connect(_server.PortFor(client.Index), []), atATime, cancellation);

    /// <summary>Logs all clients in, so many at a time.</summary>
    public Task<CrowdStep> LogInAsync(Func<string, byte[]> request, int atATime, CancellationToken cancellation) =>
        ForEachClientAsync(client => client.Send(request(client.Name)), atATime, cancellation);

    public async Task ResumeAllAsync(int atATime, CancellationToken cancellation)
    {
        await ConnectAsync(atATime, cancellation);
        await LogInAsync(name => Requests.Resume(SeededAccounts.TokenOf(name)), atATime, cancellation);
    }

    /// <summary>Cuts all clients off and lets all resume at once, before the first answer is awaited.</summary>
    /// <returns>From the first cut until all were cut, and until each had resumed, in stopwatch ticks.</returns>
    public async Task<(long Cut, LatencyHistogram Back)> ReconnectAllAsync(CancellationToken cancellation)
    {
        byte[][] requests = [.. Clients.Select(client => Requests.Resume(SeededAccounts.TokenOf(client.Name)))];
        var began = Stopwatch.GetTimestamp();
        Cut();
        var cut = Stopwatch.GetTimestamp() - began;
        foreach (var (client, request) in Clients.Zip(requests)) { client.Connect(_server.PortFor(client.Index), request); }
        await Polling.UntilAsync(() => State.HasFailed || Clients.All(client => client.EnteredAt != 0),
            Polling.Timeout, cancellation);
        var back = new LatencyHistogram();
        foreach (var client in Clients.Where(client => client.EnteredAt != 0))
        {
            back.Record(client.EnteredAt - began);
        }
        return back.TotalCount == Clients.Count
            ? (cut, back)
            : throw State.Broken($"{back.TotalCount} of {Clients.Count} came back");
    }

    /// <summary>Sends every client a request whose answer comes after anything that would arrive twice.</summary>
    public Task FenceAsync(int atATime, CancellationToken cancellation) =>
        ForEachClientAsync(client => client.Send(Requests.Ping()), atATime, cancellation);

    public void Cut()
    {
        foreach (var client in Clients) { client.Cut(); }
    }

    public void Dispose() => Cut();

    public void Restart() => EndToEnd = new();

    public void NoteAnswer(long now) => _whenAnswered(now);

    public void NoteRepeat() => Volatile.Write(ref _repeats, _repeats + 1);

    public void NoteWindow(ReadOnlySpan<byte> hello)
    {
        if (JsonScan.Number(hello, "\"window_bytes\":"u8) is > 0 and var bytes) { WindowBytes = (int)bytes; }
    }

    // Every client does something that is answered once; when one is answered the next client starts.
    private async Task<CrowdStep> ForEachClientAsync(
        Action<CrowdClient> begin, int atATime, CancellationToken cancellation)
    {
        var (begun, answered, lastAt) = (0, 0, 0L);
        void Next()
        {
            var place = Interlocked.Increment(ref begun) - 1;
            if (place < Clients.Count) { begin(Clients[place]); }
        }
        _whenAnswered = now =>
        {
            lastAt = now;
            Volatile.Write(ref answered, answered + 1);
            Next();
        };
        var (before, began) = (ProcessUsage.Of(_server.Processes), Stopwatch.GetTimestamp());
        for (var i = 0; i < atATime; i++) { Next(); }
        await Polling.UntilAsync(
            () => State.HasFailed || Volatile.Read(ref answered) == Clients.Count, Longest, cancellation);
        return answered == Clients.Count
            ? new CrowdStep(Clients.Count, Stopwatch.GetElapsedTime(began, lastAt).TotalSeconds,
                new UsageDelta(before, ProcessUsage.Of(_server.Processes)))
            : throw State.Broken($"{answered} of {Clients.Count} were answered");
    }

    private TimeSpan Longest => Polling.Timeout + TimeSpan.FromMilliseconds(100) * Clients.Count;
}

/// <summary>One step that every client took once.</summary>
internal sealed record CrowdStep(int Count, double Seconds, UsageDelta Usage);
