using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Many clients at once, of accounts that were put into the database. What they share is changed by the socket
/// thread alone.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly ChatServer _server;
    private Action<long> _whenAnswered = _ => { };
    private int _repeats;

    public Crowd(ChatServer server, Stage stage, IReadOnlyList<string> names, CrowdManner manner)
    {
        (_server, Stage, Manner) = (server, stage, manner);
        Members = [.. names.Select((name, i) => new Member(this, name, i, manner.Acknowledges(i)))];
    }

    public Stage Stage { get; }

    public CrowdManner Manner { get; }

    public IReadOnlyList<Member> Members { get; }

    /// <summary>From sending to receiving, of every message.</summary>
    public LatencyHistogram EndToEnd { get; private set; } = new();

    /// <summary>The delivery window that the server told, in bytes; 0 before a <c>hello</c>.</summary>
    public int WindowBytes { get; private set; }

    /// <summary>Messages that came again on a later connection, which is allowed.</summary>
    public int Repeats => Volatile.Read(ref _repeats);

    public long Received => Members.Sum(member => member.Received);

    /// <summary>Connects everyone and says <c>hello</c>, so many at a time.</summary>
    public Task<Passage> ConnectAsync(int atATime, CancellationToken cancellation) => PassAsync(
        member => member.Connect(_server.Port, []), atATime, cancellation);

    /// <summary>Logs everyone in, so many at a time.</summary>
    public Task<Passage> LogInAsync(Func<string, byte[]> request, int atATime, CancellationToken cancellation) =>
        PassAsync(member => member.Send(request(member.Name)), atATime, cancellation);

    public async Task ResumeAllAsync(int atATime, CancellationToken cancellation)
    {
        await ConnectAsync(atATime, cancellation);
        await LogInAsync(name => Requests.Resume(Accounts.TokenOf(name)), atATime, cancellation);
    }

    /// <summary>Cuts everyone off and has everyone resume at once, all before the first answer is awaited.</summary>
    /// <returns>From the first cut until all were cut, and until each was back, in stopwatch ticks.</returns>
    public async Task<(long Cut, LatencyHistogram Back)> ComeBackAsync(CancellationToken cancellation)
    {
        byte[][] requests = [.. Members.Select(member => Requests.Resume(Accounts.TokenOf(member.Name)))];
        var began = Stopwatch.GetTimestamp();
        Cut();
        var cut = Stopwatch.GetTimestamp() - began;
        foreach (var (member, request) in Members.Zip(requests)) { member.Connect(_server.Port, request); }
        await Settling.UntilAsync(() => Stage.HasFailed || Members.All(member => member.EnteredAt != 0),
            Settling.Patience, cancellation);
        var back = new LatencyHistogram();
        foreach (var member in Members.Where(member => member.EnteredAt != 0)) { back.Record(member.EnteredAt - began); }
        return back.TotalCount == Members.Count
            ? (cut, back)
            : throw Stage.Broken($"{back.TotalCount} of {Members.Count} came back");
    }

    /// <summary>Asks everyone something whose answer comes behind what would come twice.</summary>
    public Task FenceAsync(int atATime, CancellationToken cancellation) =>
        PassAsync(member => member.Send(Requests.Ping()), atATime, cancellation);

    public void Cut()
    {
        foreach (var member in Members) { member.Cut(); }
    }

    public void Dispose() => Cut();

    public void Restart() => EndToEnd = new();

    public void NoteAnswer(long now) => _whenAnswered(now);

    public void NoteRepeat() => Volatile.Write(ref _repeats, _repeats + 1);

    public void NoteWindow(ReadOnlySpan<byte> hello)
    {
        if (JsonScan.Number(hello, "\"window_bytes\":"u8) is > 0 and var bytes) { WindowBytes = (int)bytes; }
    }

    // Every member does something that is answered once; the next begins when one is answered.
    private async Task<Passage> PassAsync(Action<Member> begin, int atATime, CancellationToken cancellation)
    {
        var (begun, answered, lastAt) = (0, 0, 0L);
        void Next()
        {
            var place = Interlocked.Increment(ref begun) - 1;
            if (place < Members.Count) { begin(Members[place]); }
        }
        _whenAnswered = now =>
        {
            lastAt = now;
            Volatile.Write(ref answered, answered + 1);
            Next();
        };
        var (before, began) = (ProcessUsage.Of(_server.Process), Stopwatch.GetTimestamp());
        for (var i = 0; i < atATime; i++) { Next(); }
        await Settling.UntilAsync(
            () => Stage.HasFailed || Volatile.Read(ref answered) == Members.Count, Longest, cancellation);
        return answered == Members.Count
            ? new Passage(Members.Count, Stopwatch.GetElapsedTime(began, lastAt).TotalSeconds,
                new Spent(before, ProcessUsage.Of(_server.Process)))
            : throw Stage.Broken($"{answered} of {Members.Count} were answered");
    }

    private TimeSpan Longest => Settling.Patience + TimeSpan.FromMilliseconds(100) * Members.Count;
}

/// <summary>Something that every member did once.</summary>
internal sealed record Passage(int Count, double Seconds, Spent Spent);
