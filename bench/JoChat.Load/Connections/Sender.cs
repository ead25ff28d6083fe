using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Keeps a number of requests unanswered on its connection. It begins with the answer to a first request,
/// which somebody else sends (<see cref="LoadConnection.Send"/>), so that all of it runs on the socket thread.
/// </summary>
internal sealed class Sender : IConversation
{
    private readonly LoadConnection _connection;
    private readonly Stage _stage;
    private readonly Letters _letters;
    private readonly byte[] _answer;
    private readonly long _limit;
    private readonly byte[] _frames; // room for as many as may be unanswered
    private readonly long[] _sentAt; // of the unanswered ones, a ring
    private bool _hasBegun;
    private long _sent, _answered;

    /// <summary>Makes the sender; nothing is sent yet.</summary>
    /// <param name="connection">Its connection, logged in.</param>
    /// <param name="stage">When to count and when to end.</param>
    /// <param name="letters">What it sends.</param>
    /// <param name="answer">How the answer to each begins.</param>
    /// <param name="inFlight">Most unanswered requests, ≥ 1.</param>
    /// <param name="limit">Most requests in all.</param>
    public Sender(
        LoadConnection connection, Stage stage, Letters letters, byte[] answer, int inFlight,
        long limit = long.MaxValue)
    {
        (_connection, _stage, _letters, _answer, _limit) = (connection, stage, letters, answer, limit);
        _frames = letters.Blanks(inFlight);
        _sentAt = new long[inFlight];
    }

    public LatencyHistogram Latency { get; } = new();

    public long Sent => Volatile.Read(ref _sent);

    public long Answered => Volatile.Read(ref _answered);

    /// <summary>When it began, and when the last answer came.</summary>
    public long BeganAt { get; private set; }

    public long LastAt { get; private set; }

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        if (!_hasBegun)
        {
            (_hasBegun, BeganAt) = (true, now);
            return;
        }
        if (!body.StartsWith(_answer)) { _stage.Fail("A request was refused", body); }
        if (_stage.IsCounting) { Latency.Record(now - _sentAt[_answered % _sentAt.Length]); }
        LastAt = now;
        _answered++;
    }

    public void Continue()
    {
        while (!_connection.IsWriting && !_stage.IsOver && NextCount() is > 0 and var count)
        {
            Fill(count);
            _connection.Write(_frames.AsMemory(0, count * _letters.FrameSize));
        }
    }

    public void Lost(string reason) => _stage.Fail($"A sender was cut off: {reason}");

    private int NextCount() =>
        _hasBegun ? (int)Math.Min(_sentAt.Length - (_sent - _answered), _limit - _sent) : 0;

    private void Fill(int count)
    {
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            _letters.WriteNext(_frames.AsSpan(i * _letters.FrameSize), now);
            _sentAt[_sent++ % _sentAt.Length] = now;
        }
    }
}
