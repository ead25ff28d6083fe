using System.Buffers.Text;

namespace JoChat.Load;

/// <summary>One of many accounts, and its client over any number of connections, one after the other. Checks that each
/// message comes once and in order: one with an id that came on an earlier connection is passed over, as every client
/// must do.</summary>
/// <param name="crowd">What it has in common with the others.</param>
/// <param name="name">Its account.</param>
/// <param name="index">Its number, which says where it connects from.</param>
/// <param name="acknowledges">Whether it acknowledges what it is pushed.</param>
internal sealed class Member(Crowd crowd, string name, int index, bool acknowledges)
    : IConversation, IDisposable
{
    private readonly List<long> _unacknowledged = [];
    private LoadConnection? _connection;
    private long _next; // the number that must come next
    private long _lastId, _lastIdBefore; // before: on earlier connections

    public string Name => name;

    /// <summary>When its log-in was answered on this connection; 0: not yet.</summary>
    public long EnteredAt { get; private set; }

    public bool IsFenced { get; private set; }

    public bool IsLost { get; private set; }

    public long Received => Volatile.Read(ref _next);

    /// <summary>Begins to connect; says <c>hello</c>, and at once what follows.</summary>
    public void Connect(int port, ReadOnlySpan<byte> further)
    {
        (EnteredAt, _lastIdBefore) = (0, _lastId);
        _unacknowledged.Clear();
        _connection = new LoadConnection(this, crowd.Manner.ShapeOf(index));
        _connection.Begin(port, [.. Requests.AskForPush(acknowledges), .. further]);
    }

    public void Send(byte[] request) => _connection!.Send(request);

    /// <summary>Reads again; on the socket thread.</summary>
    public void Resume() => _connection!.Resume();

    /// <summary>Cuts its connection, if it has one.</summary>
    public void Cut() => _connection?.Cut();

    public void Dispose() => Cut();

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        if (NumberedText.TryFind(body, out var number, out var sentAt, crowd.Manner.ContentBytes))
        {
            TakeMessage(number, IdOf(body), now - sentAt);
            return;
        }
        if (body.StartsWith("{\"msg_type\":\"queue_empty\""u8)) { return; }
        if (body.StartsWith("{\"msg_type\":\"hello\",\"data\":{\"status\":\"ok\""u8)) { crowd.NoteWindow(body); }
        else if (body.StartsWith("{\"msg_type\":\"ping\",\"data\":{\"status\":\"ok\""u8)) { IsFenced = true; }
        else if (body.StartsWith("{\"msg_type\":\"resume\",\"data\":{\"status\":\"ok\""u8)
            || body.StartsWith("{\"msg_type\":\"login\",\"data\":{\"status\":\"ok\""u8)) { Enter(now); }
        else { crowd.Stage.Fail($"{name} was told what it does not know", body); }
        crowd.NoteAnswer(now);
    }

    public void Continue()
    {
        if (_unacknowledged.Count == 0 || _connection!.IsWriting) { return; }
        _connection.Write(Requests.Acknowledge(_unacknowledged));
        _unacknowledged.Clear();
    }

    public void Lost(string reason)
    {
        IsLost = true;
        crowd.Stage.Fail($"{name} was cut off: {reason}");
    }

    private void Enter(long now)
    {
        EnteredAt = now;
        if (crowd.Manner.StopsReading) { _connection!.Pause(); }
    }

    private void TakeMessage(long number, long id, long latency)
    {
        if (acknowledges) { _unacknowledged.Add(id); }
        if (id <= _lastIdBefore)
        {
            crowd.NoteRepeat();
            return;
        }
        if (id <= _lastId || number != _next)
        {
            crowd.Stage.Fail($"{name} got message {number} as id {id} when {_next} above id {_lastId} was due");
        }
        _lastId = id;
        Volatile.Write(ref _next, number + 1);
        crowd.EndToEnd.Add(latency);
    }

    private static long IdOf(ReadOnlySpan<byte> body)
    {
        var member = "\"id\":"u8;
        var at = body.IndexOf(member);
        return at >= 0 && Utf8Parser.TryParse(body[(at + member.Length)..], out long id, out _) ? id : 0;
    }
}
