using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>A client and its connection in a simulation: what the session sends it has only when the socket was written.
/// It checks what every client may count on.</summary>
internal sealed class Device(string name, Features features) : IClientConnection
{
    private readonly List<ServerMessage> _unwritten = [];
    private readonly HashSet<long> _unacknowledged = [];
    private int _awayBeforeQueueEmpty;

    public IActorRef Session { get; set; } = ActorRefs.Nobody;

    public bool HasRoom { get; set; } = true;

    public bool IsClosed { get; private set; }

    /// <summary>Null until it is logged in.</summary>
    public long? UnreadAtLogin { get; private set; }

    public List<MessageArrived> Received { get; } = [];

    public List<Response> Answers { get; } = [];

    public bool HasQueueEmpty { get; private set; }

    public bool NeedsAcks => features.HasFlag(Features.Ack);

    public void LogIn(bool takeover)
    {
        Session.Tell(new Hello("device", features), ActorRefs.NoSender);
        Session.Tell(new LogIn(name, new Secret("secret"), takeover), ActorRefs.NoSender);
    }

    public void Send(ServerMessage message)
    {
        if (!IsClosed) { _unwritten.Add(message); }
        if (message is not MessageArrived || !NeedsAcks) { return; }
        _unacknowledged.Add(((MessageArrived)message).Id);
        Assert.True(_unacknowledged.Count <= DeliveryRaceTests.WindowMessages, "More than a window is on its way.");
    }

    public void Close() => IsClosed = true;

    /// <summary>The socket takes what waits, and the client reads it.</summary>
    public void Write()
    {
        foreach (var message in _unwritten) { Read(message); }
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
        Session.Tell(new Acknowledge([.. ids]), ActorRefs.NoSender);
    }

    private void Read(ServerMessage message)
    {
        switch (message)
        {
            case MessageArrived arrived:
                Assert.True(Received.Count == 0 || arrived.Id > Received[^1].Id, "A message came out of order.");
                Assert.True(!HasQueueEmpty || !arrived.Away, "A message that was away came behind queue_empty.");
                Received.Add(arrived);
                if (arrived.Away) { _awayBeforeQueueEmpty++; }
                break;
            case QueueEmptied:
                Assert.False(HasQueueEmpty, "queue_empty came twice.");
                HasQueueEmpty = true;
                Assert.Equal(UnreadAtLogin, _awayBeforeQueueEmpty);
                break;
            case LoggedIn loggedIn:
                UnreadAtLogin = loggedIn.UnreadCount;
                break;
            case Response response:
                Answers.Add(response);
                break;
        }
    }
}
