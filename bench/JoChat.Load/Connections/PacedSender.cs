using System.Diagnostics;

namespace JoChat.Load;

/// <summary>An open-loop sender: it sends at the given pace, answered or not, so that a slow server does not slow down
/// the load (no coordinated omission).</summary>
internal sealed class PacedSender : IConversation
{
    private const int MostAtOnce = 64;
    private readonly LoadConnection _connection;
    private readonly LoadState _state;
    private readonly MessageFrames _messages;
    private readonly byte[] _frames;
    private int _prepared; // by the pacing thread, as all of sending
    private long _sent, _answered;

    private PacedSender(LoadConnection connection, LoadState state, MessageFrames messages)
    {
        (_connection, _state, _messages) = (connection, state, messages);
        _frames = messages.Blanks(MostAtOnce);
    }

    /// <summary>Makes the sender of a connection that is logged in.</summary>
    public static PacedSender Begin(LoadConnection connection, LoadState state, MessageFrames messages)
    {
        var sender = new PacedSender(connection, state, messages);
        connection.HandTo(sender);
        return sender;
    }

    public long Sent => Volatile.Read(ref _sent);

    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Adds a message to the next write.</summary>
    public void Prepare()
    {
        if (_prepared == MostAtOnce) { Flush(); }
        _messages.WriteNext(_frames.AsSpan(_prepared * _messages.FrameSize), Stopwatch.GetTimestamp());
        _prepared++;
    }

    /// <summary>Writes what is prepared.</summary>
    public void Flush()
    {
        if (_prepared == 0) { return; }
        Volatile.Write(ref _sent, _sent + _prepared);
        _connection.Send(_frames.AsSpan(0, _prepared * _messages.FrameSize));
        _prepared = 0;
    }

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        if (body.StartsWith(ChatServer.Stored)) { Volatile.Write(ref _answered, _answered + 1); }
        else { _state.Fail("A request was refused", body); }
    }

    public void Continue() { }

    public void Lost(string reason) => _state.Fail($"A sender was cut off: {reason}");
}
