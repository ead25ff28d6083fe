using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>A client and its connection in a simulation: what the session sends, the client has only when the socket
/// was written. It checks what every client may count on.</summary>
internal sealed class Device(string name, Features features) : IClientConnection
{
    private readonly List<ServerMessage> _unwritten = [];
    private readonly HashSet<long> _unacknowledged = [];
    private int _awaySent;
    private long _lastSent;
    private bool _hasQueueEmpty;

    public IActorRef Session { get; set; } = ActorRefs.Nobody;

    public ClientAddress Address => default;

    public bool HasRoom { get; set; } = true;

    public bool IsClosed { get; private set; }

    /// <summary>Null until it is logged in.</summary>
    public long? UnreadAtLogin { get; private set; }

    public List<MessageArrived> Received { get; } = [];

    /// <summary>What the client surely has: what it acknowledged, or all it received if it acknowledges nothing.
    /// </summary>
    public IEnumerable<MessageArrived> Kept =>
        Received.Where(message => !NeedsAcks || !_unacknowledged.Contains(message.Id));

    public List<Response> Answers { get; } = [];

    public List<string> Faults { get; } = [];

    private bool NeedsAcks => features.HasFlag(Features.Ack);

    public void LogIn()
    {
        Session.Submit(new Hello("device", features));
        Session.Submit(new LogIn(name, new Secret("secret"), Takeover: true));
    }

    public void NoteLogin(bool isLoggedIn)
    {
    }

    public void Settle(ClientRequest request)
    {
    }

    public int Answer(ClientRequest request, Response response)
    {
        Take(response.AsAnswerTo(request.Request));
        return 0;
    }

    public void Send(ServerEvent news) => Take(news);

    private void Take(ServerMessage message)
    {
        if (!IsClosed) { _unwritten.Add(message); }
        switch (message)
        {
            case MessageArrived arrived:
                Check(arrived.Id > _lastSent, "A message came out of order.");
                Check(!_hasQueueEmpty || !arrived.Away, "A message that was away came behind queue_empty.");
                _lastSent = arrived.Id;
                _unacknowledged.Add(arrived.Id);
                Check(!NeedsAcks || _unacknowledged.Count <= DeliveryRaceTests.WindowMessages,
                    "More than a window is on its way.");
                if (arrived.Away) { _awaySent++; }
                break;
            case QueueEmptied:
                Check(!_hasQueueEmpty, "queue_empty came twice.");
                Check(_awaySent == UnreadAtLogin, $"{UnreadAtLogin} were away at the login, {_awaySent} came.");
                _hasQueueEmpty = true;
                break;
            case LoggedIn loggedIn:
                UnreadAtLogin = loggedIn.UnreadCount;
                break;
        }
    }

    public void Close() => IsClosed = true;

    /// <summary>The socket takes what waits, and the client reads it.</summary>
    public void Write()
    {
        Received.AddRange(_unwritten.OfType<MessageArrived>());
        Answers.AddRange(_unwritten.OfType<Response>());
        var newest = _unwritten.OfType<ServerEvent>().LastOrDefault();
        _unwritten.Clear();
        HasRoom = true;
        Session.Tell(new OutputWritten(newest), ActorRefs.NoSender);
    }

    /// <summary>Acknowledges what it has received, each with this chance.</summary>
    public void Acknowledge(Random random, double chance)
    {
        if (!NeedsAcks) { return; }
        long[] ids = [.. Received.Select(message => message.Id)
            .Where(id => _unacknowledged.Contains(id) && random.NextDouble() < chance)];
        random.Shuffle(ids);
        _unacknowledged.ExceptWith(ids);
        Session.Submit(new Acknowledge([.. ids]));
    }

    // Told at the end: what is thrown in a session is the end of the session.
    private void Check(bool holds, string fault)
    {
        if (!holds) { Faults.Add(fault); }
    }
}
