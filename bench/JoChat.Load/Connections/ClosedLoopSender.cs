using System.Diagnostics;

namespace JoChat.Load;

/// <summary>A closed-loop sender: keeps a number of requests in flight on its connection. It starts with the answer to
/// a first request that the caller sends (<see cref="LoadConnection.Send"/>), so that all of it runs on the socket
/// thread. </summary>
internal sealed class ClosedLoopSender : IConversation
{
    private readonly LoadConnection _connection;
    private readonly LoadState _state;
    private readonly MessageFrames _messages;
    private readonly byte[] _answer;
    private readonly long _limit;
    private readonly byte[] _frames; // one for each request that may be in flight
    private readonly long[] _sentAt; // of those in flight, a ring buffer
    private bool _hasBegun;
    private long _sent, _answered;

    /// <summary>Makes the sender; nothing is sent yet.</summary>
    /// <param name="connection">Its connection, logged in.</param>
    /// <param name="state">When to count and when to stop.</param>
    /// <param name="messages">What it sends.</param>
    /// <param name="answer">The first bytes of every answer.</param>
    /// <param name="inFlight">Most requests in flight, ≥ 1.</param>
    /// <param name="limit">Most requests in all.</param>
    public ClosedLoopSender(
        LoadConnection connection, LoadState state, MessageFrames messages, byte[] answer, int inFlight,
        long limit = long.MaxValue)
    {
        (_connection, _state, _messages, _answer, _limit) = (connection, state, messages, answer, limit);
        _frames = messages.Blanks(inFlight);
        _sentAt = new long[inFlight];
    }

    public LatencyHistogram Latency { get; } = new();

    public long Sent => Volatile.Read(ref _sent);

    public long Answered => Volatile.Read(ref _answered);

    /// <summary>When it started, and when the last answer arrived.</summary>
    public long BeganAt { get; private set; }

    public long LastAt { get; private set; }

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        if (!_hasBegun)
        {
            (_hasBegun, BeganAt) = (true, now);
            return;
        }
        if (!body.StartsWith(_answer)) { _state.Fail("A request was refused", body); }
        if (_state.IsCounting) { Latency.Record(now - _sentAt[_answered % _sentAt.Length]); }
        LastAt = now;
        _answered++;
    }

    public void Continue()
    {
        while (!_connection.IsWriting && !_state.IsOver && NextCount() is > 0 and var count)
        {
            Fill(count);
            _connection.Write(_frames.AsMemory(0, count * _messages.FrameSize));
        }
    }

    public void Lost(string reason) => _state.Fail($"A sender was cut off: {reason}");

    private int NextCount() =>
        _hasBegun ? (int)Math.Min(_sentAt.Length - (_sent - _answered), _limit - _sent) : 0;

    private void Fill(int count)
    {
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            _messages.WriteNext(_frames.AsSpan(i * _messages.FrameSize), now);
            _sentAt[_sent++ % _sentAt.Length] = now;
        }
    }
}
