using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>The real actors in a simulation, but for the passwords: each is right, and its own hash.</summary>
internal sealed class SimulatedChat : IDisposable
{
    private readonly Simulation _simulation;
    private readonly IActorRef _browsing;
    private readonly IActorRef _persistence;
    private readonly IActorRef _passwords;
    private readonly SessionOptions _options;

    public SimulatedChat(Simulation simulation, IChatStore store, SessionOptions options)
    {
        var reader = store.OpenReader(); // the actor's from here on
        (_simulation, _options) = (simulation, options);
        var (persistence, time) = (new PersistenceOptions(), simulation.Time);
        _browsing = simulation.Sys.ActorOf(Props.Create(() => new BrowseActor(reader, NullLogger.Instance)));
        var browsing = _browsing;
        _persistence = simulation.Sys.ActorOf(Props.Create(() =>
            new PersistenceActor(store, browsing, persistence, time, NullLogger.Instance)));
        _passwords = simulation.Sys.ActorOf(Props.Create(() => new EveryPasswordIsRight()));
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

    public IActorRef OpenSession(IClientConnection connection)
    {
        var (persistence, browsing, passwords, options) = (_persistence, _browsing, _passwords, _options);
        return _simulation.Sys.ActorOf(Props.Create(() =>
            new SessionActor(connection, persistence, browsing, passwords, options)));
    }

    /// <summary>Ends the simulation, and so the reader before the store.</summary>
    public void Dispose() => _simulation.Dispose();

    private sealed class EveryPasswordIsRight : ReceiveActor
    {
        public EveryPasswordIsRight()
        {
            Receive<VerifyPassword>(_ => Sender.Tell(new PasswordVerified(IsRight: true, BetterHash: null)));
            Receive<HashPassword>(hash => Sender.Tell(new PasswordHashed(hash.Password.Value)));
        }
    }
}
