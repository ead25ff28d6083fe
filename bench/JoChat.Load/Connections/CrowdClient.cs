namespace JoChat.Load;

/// <summary>One client of a crowd over any number of connections, one after the other. Checks that each message arrives
/// once and in order; an id that arrived on an earlier connection is ignored, as every client must do.</summary>
/// <param name="crowd">What all its clients share.</param>
/// <param name="name">Its account.</param>
/// <param name="index">Its index, which gives the address it connects from.</param>
/// <param name="acknowledges">Whether it acknowledges what it is pushed.</param>
internal sealed class CrowdClient(Crowd crowd, string name, int index, bool acknowledges) : IDisposable
{
    private LoadConnection? _connection;
    private long _next; // the number that must come next

    public string Name => name;

    public int Index => index;

    public Crowd Crowd => crowd;

    public bool Acknowledges => acknowledges;

    /// <summary>When its login was answered on this connection; 0: not yet.</summary>
    public long EnteredAt { get; set; }

    public bool IsLost { get; private set; }

    /// <summary>The id of the last message received.</summary>
    public long LastId { get; private set; }

    public long Received => Volatile.Read(ref _next);

    /// <summary>Starts to connect, and sends <c>hello</c> and further requests without awaiting the response.</summary>
    public void Connect(int port, ReadOnlySpan<byte> further)
    {
        EnteredAt = 0;
        var conversation = new CrowdConversation(this);
        _connection = new LoadConnection(conversation, crowd.Behavior.SettingsOf(index));
        conversation.Connection = _connection;
        _connection.Begin(port, [.. Requests.AskForPush(acknowledges), .. further]);
    }

    public void Send(byte[] request) => _connection!.Send(request);

    /// <summary>Reads again; on the socket thread.</summary>
    public void Resume() => _connection!.Resume();

    /// <summary>Cuts its connection, if it has one.</summary>
    public void Cut() => _connection?.Cut();

    public void Dispose() => Cut();

    /// <summary>Takes a message that has not arrived on an earlier connection.</summary>
    public void Take(long number, long id)
    {
        if (id <= LastId || number != _next)
        {
            crowd.State.Fail($"{name} got message {number} as id {id} when {_next} above id {LastId} was due");
        }
        LastId = id;
        Volatile.Write(ref _next, number + 1);
    }

    public void Lost(string reason)
    {
        IsLost = true;
        crowd.State.Fail($"{name} was cut off: {reason}");
    }
}
