using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Sends when it is told to, answered or not: what waits for a slow server does not spare it the next message,
/// as a sender that awaits each answer would.</summary>
internal sealed class PacedSender : IConversation
{
    private const int MostAtOnce = 64;
    private readonly LoadConnection _connection;
    private readonly Stage _stage;
    private readonly Letters _letters;
    private readonly byte[] _frames;
    private int _prepared; // by the pacing thread, as all of sending
    private long _sent, _answered;

    private PacedSender(LoadConnection connection, Stage stage, Letters letters)
    {
        (_connection, _stage, _letters) = (connection, stage, letters);
        _frames = letters.Blanks(MostAtOnce);
    }

    /// <summary>Makes the sender of a connection that is logged in.</summary>
    public static PacedSender Begin(LoadConnection connection, Stage stage, Letters letters)
    {
        var sender = new PacedSender(connection, stage, letters);
        connection.HandTo(sender);
        return sender;
    }

    public long Sent => Volatile.Read(ref _sent);

    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Adds a message to the next write.</summary>
    public void Prepare()
    {
        if (_prepared == MostAtOnce) { Flush(); }
        _letters.WriteNext(_frames.AsSpan(_prepared * _letters.FrameSize), Stopwatch.GetTimestamp());
        _prepared++;
    }

    /// <summary>Writes what is prepared.</summary>
    public void Flush()
    {
        if (_prepared == 0) { return; }
        Volatile.Write(ref _sent, _sent + _prepared);
        _connection.Send(_frames.AsSpan(0, _prepared * _letters.FrameSize));
        _prepared = 0;
    }

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        if (body.StartsWith(ChatServer.Stored)) { Volatile.Write(ref _answered, _answered + 1); }
        else { _stage.Fail("A request was refused", body); }
    }

    public void Continue() { }

    public void Lost(string reason) => _stage.Fail($"A sender was cut off: {reason}");
}
