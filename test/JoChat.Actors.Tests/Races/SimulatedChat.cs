using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>The real actors in a simulation, but for the passwords: each is right, and its own hash.</summary>
internal sealed class SimulatedChat : IDisposable
{
    private readonly Simulation _simulation;
    private readonly SessionServices _services;

    public SimulatedChat(Simulation simulation, IChatStore store, IChatReader reader, SessionOptions options)
    {
        _simulation = simulation;
        var readerActor = Start(ReaderActor.Props(reader, NullLogger.Instance));
        var persistence = Start(PersistenceActor.Props(
            store, readerActor, new PersistenceOptions { HoldDeletedNames = TimeSpan.Zero }, simulation.Time, NullLogger.Instance));
        var passwords = Start(Props.Create(() => new EveryPasswordIsRight()));
        var paces = new AccountPaces(new PaceOptions { RequestsPerSecond = 10_000_000 }, simulation.Time, new Strain());
        _services = new SessionServices(persistence, readerActor, passwords, options, paces);
    }

    /// <summary>Adds accounts to a store that no actor uses yet.</summary>
    public static void AddAccounts(IChatStore store, TimeProvider time, params ReadOnlySpan<string> names)
    {
        store.Begin();
        foreach (var name in names)
        {
            Assert.True(Username.TryParse(name, out var username, out _));
            store.AddAccount(username.Text, username.Key, "secret", time.GetUtcNow());
        }
        store.Commit();
    }

    public IActorRef OpenSession(IClientConnection connection) =>
        Start(SessionActor.Props(connection, _services).WithDispatcher(ChatOptions.SessionsDispatcher));

    /// <summary>Ends the simulation, and so the reader before the store.</summary>
    public void Dispose() => _simulation.Dispose();

    private IActorRef Start(Props props) => _simulation.Sys.ActorOf(props);

    private sealed class EveryPasswordIsRight : ReceiveActor
    {
        public EveryPasswordIsRight()
        {
            Receive<VerifyPassword>(verify =>
                Sender.Tell(new PasswordVerified(verify.Request, IsRight: true, BetterHash: null)));
            Receive<HashPassword>(hash => Sender.Tell(new PasswordHashed(hash.Request, hash.Password.Value)));
        }
    }
}
