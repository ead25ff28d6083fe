using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>A connection that tells a probe what it is sent, and <see cref="Closed"/> when it is closed.</summary>
internal sealed class ProbeConnection(IActorRef probe) : IClientConnection
{
    private volatile bool _hasRoom = true;
    private int _timesAsked;

    public bool HasRoom
    {
        get
        {
            Interlocked.Increment(ref _timesAsked);
            return _hasRoom;
        }
        set => _hasRoom = value;
    }

    /// <summary>How often the session asked for room, which it does whenever it looks at a request.</summary>
    public int TimesAsked => Volatile.Read(ref _timesAsked);

    public void Send(ServerMessage message) => probe.Tell(message, ActorRefs.NoSender);

    public void Settle()
    {
    }

    public void Close() => probe.Tell(Closed.Instance, ActorRefs.NoSender);

    internal sealed record Closed
    {
        public static Closed Instance { get; } = new();
    }
}
