using JoChat.Actors;
using JoChat.Link;
using JoChat.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Cluster.Tests;

/// <summary>A gateway in an actor system: sessions over a link. A password is its own hash.</summary>
internal sealed class GatewaySide
{
    private readonly ActorSystem _system;
    private readonly SessionServices _services;
    private readonly TaskCompletionSource _linked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatewaySide(
        ActorSystem system, ICanTell links, LinkOptions options, TimeProvider time, SessionOptions? sessions = null)
    {
        _system = system;
        Carrier = system.ActorOf(Props.Create(() => new Carrier(links, _linked)));
        Link = system.ActorOf(GatewayLink.Props(Carrier, options, _ => { }, NullLogger.Instance));
        _services = Services(Link, Link, system, time, sessions);
    }

    /// <summary>Between the ends of the link.</summary>
    public IActorRef Carrier { get; }

    public IActorRef Link { get; }

    /// <summary>Completes when a link stands.</summary>
    public Task Linked => _linked.Task;

    public static SessionServices Services(
        IActorRef persistence, IActorRef reader, ActorSystem system, TimeProvider time, SessionOptions? sessions = null) =>
        new(persistence, reader, system.ActorOf(Props.Create(() => new Passwords())),
            sessions ?? new SessionOptions { GuestTimeout = TimeSpan.Zero },
            new AccountPaces(new PaceOptions { RequestsPerSecond = 10_000_000 }, time, new Strain()));

    public Client Connect() => Connect(_system, _services);

    public static Client Connect(ActorSystem system, SessionServices services)
    {
        var client = new Client();
        client.Session = system.ActorOf(
            SessionActor.Props(client, services).WithDispatcher(ChatOptions.SessionsDispatcher));
        return client;
    }

    /// <summary>A client that is logged in.</summary>
    public async Task<Client> LogInAsync(string name, Features features = Features.None, bool takeover = false)
    {
        var client = Connect();
        await client.AskAsync<JoChat.Protocol.Welcome>(new JoChat.Protocol.Hello("test", features));
        await client.AskAsync<LoggedIn>(new LogIn(name, new Secret("secret"), Takeover: takeover));
        return client;
    }

    public async Task SignUpAsync(params IEnumerable<string> names)
    {
        var guest = Connect();
        foreach (var name in names) { await guest.AskAsync<SignedUp>(new SignUp(name, new Secret("secret"))); }
    }

    private sealed class Passwords : ReceiveActor
    {
        public Passwords()
        {
            Receive<VerifyPassword>(verify => Sender.Tell(new PasswordVerified(
                verify.Request, IsRight: verify.Password.Value == verify.Hash, BetterHash: null)));
            Receive<HashPassword>(hash => Sender.Tell(new PasswordHashed(hash.Request, hash.Password.Value)));
            ReceiveAny(_ => { });
        }
    }
}
