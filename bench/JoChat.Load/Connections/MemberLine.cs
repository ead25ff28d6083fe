namespace JoChat.Load;

/// <summary>What is said on one connection of a member. A new connection has a line of its own, because the last words
/// on the old one may still be taken while it is made.</summary>
internal sealed class MemberLine(Member member) : IConversation
{
    private readonly List<long> _unacknowledged = [];
    private long _lastIdBefore; // on earlier connections

    /// <summary>The connection; null until it is made.</summary>
    public LoadConnection? Connection { get; set; }

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        var crowd = member.Crowd;
        if (NumberedText.TryFind(body, out var number, out var sentAt, crowd.Manner.ContentBytes))
        {
            TakeMessage(number, JsonScan.Number(body, "\"id\":"u8), now - sentAt);
            return;
        }
        if (body.StartsWith("{\"msg_type\":\"queue_empty\""u8)) { return; }
        if (body.StartsWith("{\"msg_type\":\"hello\",\"data\":{\"status\":\"ok\""u8)) { Begin(body); }
        else if (body.StartsWith("{\"msg_type\":\"resume\",\"data\":{\"status\":\"ok\""u8)
            || body.StartsWith("{\"msg_type\":\"login\",\"data\":{\"status\":\"ok\""u8)) { Enter(now); }
        else if (!body.StartsWith("{\"msg_type\":\"ping\",\"data\":{\"status\":\"ok\""u8))
        {
            crowd.Stage.Fail($"{member.Name} was told what it does not know", body);
        }
        crowd.NoteAnswer(now);
    }

    public void Continue()
    {
        if (_unacknowledged.Count == 0 || Connection!.IsWriting) { return; }
        Connection.Write(Requests.Acknowledge(_unacknowledged));
        _unacknowledged.Clear();
    }

    public void Lost(string reason) => member.Lost(reason);

    private void Begin(ReadOnlySpan<byte> hello)
    {
        _lastIdBefore = member.LastId;
        member.Crowd.NoteWindow(hello);
    }

    private void Enter(long now)
    {
        member.EnteredAt = now;
        if (member.Crowd.Manner.StopsReading) { Connection!.Pause(); }
    }

    private void TakeMessage(long number, long id, long latency)
    {
        if (member.Acknowledges) { _unacknowledged.Add(id); }
        if (id <= _lastIdBefore)
        {
            member.Crowd.NoteRepeat();
            return;
        }
        member.Take(number, id);
        member.Crowd.EndToEnd.Record(latency);
    }
}
