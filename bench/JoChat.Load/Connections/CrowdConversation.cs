namespace JoChat.Load;

/// <summary>Handles one connection of a crowd's client. Each connection has its own, because the last frames of the old
/// one may still be handled while the new one is made.</summary>
internal sealed class CrowdConversation(CrowdClient client) : IConversation
{
    private readonly List<long> _unacknowledged = [];
    private long _lastIdBefore; // on earlier connections

    /// <summary>The connection; null until it is created.</summary>
    public LoadConnection? Connection { get; set; }

    public void Take(ReadOnlySpan<byte> body, long now)
    {
        var crowd = client.Crowd;
        if (NumberedText.TryFind(body, out var number, out var sentAt, crowd.Behavior.ContentBytes))
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
            crowd.State.Fail($"{client.Name} was told what it does not know", body);
        }
        crowd.NoteAnswer(now);
    }

    public void Continue()
    {
        if (_unacknowledged.Count == 0 || Connection!.IsWriting) { return; }
        Connection.Write(Requests.Acknowledge(_unacknowledged));
        _unacknowledged.Clear();
    }

    public void Lost(string reason) => client.Lost(reason);

    private void Begin(ReadOnlySpan<byte> hello)
    {
        _lastIdBefore = client.LastId;
        client.Crowd.NoteWindow(hello);
    }

    private void Enter(long now)
    {
        client.EnteredAt = now;
        if (client.Crowd.Behavior.StopsReading) { Connection!.Pause(); }
    }

    private void TakeMessage(long number, long id, long latency)
    {
        if (client.Acknowledges) { _unacknowledged.Add(id); }
        if (id <= _lastIdBefore)
        {
            client.Crowd.NoteRepeat();
            return;
        }
        client.Take(number, id);
        client.Crowd.EndToEnd.Record(latency);
    }
}
