using System.Security.Cryptography;
using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>What the PersistenceActor does by itself.</summary>
public sealed class UpkeepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Simulation _simulation = new(seed: 1);
    private readonly SqliteChatStore _store;

    public UpkeepTests()
    {
        _store = SqliteChatStore.Open(_folder.File("chat.db"));
        var calls = Intercepted.Of<IChatStore>(_store, call =>
        {
            if (call == nameof(IChatStore.EnsureInPlace) && IsMoved) { throw new StoreLostException("gone"); }
        });
        Persistence = _simulation.Sys.ActorOf(PersistenceActor.Props(
            calls, ActorRefs.Nobody, new PersistenceOptions(), _simulation.Time, NullLogger.Instance));
    }

    private IActorRef Persistence { get; }

    private bool IsMoved { get; set; }

    public void Dispose()
    {
        _simulation.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_expired_token_that_nobody_showed_stays_dead_when_the_clock_goes_back()
    {
        var before = _simulation.Time.GetUtcNow();
        var (expired, good) = (AddToken("ada", before.AddMinutes(1)), AddToken("bob", before.AddHours(1)));
        _simulation.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_store.HasLogin(expired));

        _simulation.Advance(TimeSpan.FromSeconds(2));

        Assert.False(_store.HasLogin(expired));
        Assert.True(_store.HasLogin(good));
    }

    [Fact]
    public void Tokens_that_expired_while_the_server_was_down_are_dead_from_its_start()
    {
        var before = _simulation.Time.GetUtcNow();
        var expired = AddToken("ada", before);

        _simulation.Run();

        Assert.False(_store.HasLogin(expired));
    }

    [Fact]
    public void A_client_id_is_forgotten_after_30_days_and_not_before()
    {
        var now = _simulation.Time.GetUtcNow();
        _simulation.Run();
        Assert.True(IsNew("old", now.AddDays(-30).AddSeconds(1)));
        Assert.True(IsNew("young", now.AddDays(-30).AddSeconds(3)));

        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.False(IsNew("old", now));
        _simulation.Advance(TimeSpan.FromSeconds(1));

        Assert.True(IsNew("old", now));
        Assert.False(IsNew("young", now));
    }

    [Fact]
    public async Task A_database_that_was_moved_while_nobody_wrote_ends_the_actor()
    {
        var ended = Persistence.WatchAsync();
        _simulation.Run();
        Assert.False(ended.IsCompleted);
        IsMoved = true;

        _simulation.Advance(TimeSpan.FromSeconds(1));

        await ended.OrFail(); // Akka tells it on a thread of the pool
    }

    // Whether a message under a client id of ada's is stored.
    private bool IsNew(string clientId, DateTimeOffset sentAt)
    {
        _store.Begin();
        _store.AddAccount("ada", "ADA", "hash", DateTimeOffset.UnixEpoch);
        var ada = _store.FindAccount("ADA")!.Id;
        var id = new MessageId(_store.LastMessageId.Value + 1);
        _store.AddMessage(new NewMessage(id, ada, ada, "hello", sentAt, clientId));
        return _store.Commit().Count == 0;
    }

    private LoginId AddToken(string name, DateTimeOffset expiresAt)
    {
        var hash = SHA256.HashData([(byte)name[0]]);
        _store.Begin();
        var account = _store.AddAccount(name, name.ToUpperInvariant(), "hash", DateTimeOffset.UnixEpoch)!.Value;
        var login = _store.AddLogin(
            new NewLogin(account, name, hash, expiresAt, new TokenUse(DateTimeOffset.UnixEpoch)), keep: 16);
        _store.Commit();
        return login;
    }
}
