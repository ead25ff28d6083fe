using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>A connection that tells a probe what it is sent, and <see cref="Closed"/> when it is closed.</summary>
internal sealed class ProbeConnection(IActorRef probe) : IClientConnection
{
    private volatile bool _hasRoom = true;
    private volatile bool _isLoggedIn;

    public ClientAddress Address { get; } = ClientAddress.OfVersion4(0xC0000207);

    public bool HasRoom
    {
        get => _hasRoom;
        set => _hasRoom = value;
    }

    /// <summary>What each answer counts as, in bytes.</summary>
    public int AnswerBytes { get; set; }

    public int Answer(ClientRequest request, Response response)
    {
        probe.Tell(new Answered(0, response.AsAnswerTo(request.Request)), ActorRefs.NoSender);
        return AnswerBytes;
    }

    /// <summary>What it was told last.</summary>
    public bool IsLoggedIn => _isLoggedIn;

    public void NoteLogin(bool isLoggedIn) => _isLoggedIn = isLoggedIn;

    public void Settle(ClientRequest request)
    {
    }

    public void Send(ServerEvent news) => probe.Tell(news, ActorRefs.NoSender);

    public void Close() => probe.Tell(Closed.Instance, ActorRefs.NoSender);

    internal sealed record Closed
    {
        public static Closed Instance { get; } = new();
    }
}
