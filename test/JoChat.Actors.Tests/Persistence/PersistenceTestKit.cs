using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

/// <summary>The PersistenceActor and the ReaderActor over a real SQLite file, on threads of their own, with two
/// accounts and probes as their sessions. What the actors do by themselves, as upkeep, they do when a test moves
/// <see cref="Timers"/>: so a test may use the store while they are asked nothing.</summary>
/// <param name="moreConfiguration">What differs from the usual configuration.</param>
public abstract class PersistenceTestKit(string moreConfiguration = "")
    : TestKit(Configuration + moreConfiguration), IAsyncLifetime
{
    private const string Configuration = Patience.Configuration + """
        store-dispatcher { type = Dispatcher, executor = fork-join-executor, dedicated-thread-pool.thread-count = 2 }
        akka.scheduler.implementation = "JoChat.Actors.TimeProviderScheduler, JoChat.Actors"

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-");

    private protected ObservedStore Store { get; private set; } = null!;

    /// <summary>Runs at the beginning of each read, on the reader's thread; may throw as a disk would.</summary>
    private protected Action BeforeRead { get; set; } = () => { };

    private protected IActorRef Persistence { get; private set; } = null!;

    /// <summary>A ReaderActor over the same file.</summary>
    private protected IActorRef Reading { get; private set; } = null!;

    private protected NumberedProbe AdaSession { get; private set; } = null!;

    private protected NumberedProbe BobSession { get; private set; } = null!;

    private protected Account Ada { get; private set; } = null!;

    private protected Account Bob { get; private set; } = null!;

    /// <summary>The clock by which messages are dated and tokens expire.</summary>
    private protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>The clock of timers, which stands still until the test moves it.</summary>
    private protected FakeTimeProvider Timers { get; } = new();

    private protected virtual ActorMetrics? Metrics => null;

    private protected virtual PersistenceOptions Options => new();

    public async Task InitializeAsync()
    {
        ((TimeProviderScheduler)Sys.Scheduler).Clock = Timers;
        Store = new ObservedStore(SqliteChatStore.Open(
            Path.Combine(_folder.FullName, "chat.db"), skeletonOf: Skeleton.Of));
        var reader = Intercepted.Of(Store.Calls.OpenReader(), call =>
        {
            if (call != nameof(IDisposable.Dispose)) { BeforeRead(); }
        });
        Reading = Sys.ActorOf(
            ReaderActor.Props(reader, NullLogger.Instance).WithDispatcher("store-dispatcher"));
        Persistence = Sys.ActorOf(
            PersistenceActor.Props(Store.Calls, Reading, Options, Time, NullLogger.Instance, Metrics)
                .WithDispatcher("store-dispatcher"));
        (AdaSession, BobSession) = (CreateProbe("ada"), CreateProbe("bob"));
        Ada = await AddAccountAsync("Ada", AdaSession);
        Bob = await AddAccountAsync("Bob", BobSession);
    }

    public async Task DisposeAsync()
    {
        await Reading.GracefulStop(TimeSpan.FromSeconds(60));
        await Persistence.GracefulStop(TimeSpan.FromSeconds(60));
        Store.Dispose();
        _folder.Delete(recursive: true);
    }

    private protected NumberedProbe CreateProbe(string? name = null) => new(CreateTestProbe(name));

    private protected async Task<long> BeginAsync(
        Account account, NumberedProbe session, Features features = Features.None, bool takeover = false)
    {
        session.Send(Persistence, new BeginSession(0, account, BetterHash: null)
        {
            Features = features,
            Takeover = takeover,
        });
        return (await session.ExpectMsgAsync<SessionBegun>()).UndeliveredCount;
    }

    /// <summary>Begins a session by password, with a token.</summary>
    private protected async Task<TokenHash> BeginKeptAsync(
        Account account, NumberedProbe session, TimeSpan? expiry = null)
    {
        var (_, hash) = TokenHash.New();
        session.Send(Persistence, new BeginSession(0, account, BetterHash: null)
        {
            Token = new NewToken(hash, expiry ?? TimeSpan.FromDays(1)),
            Takeover = true,
        });
        await session.ExpectMsgAsync<SessionBegun>();
        return hash;
    }

    /// <summary>Shows a token that is good.</summary>
    private protected async Task<UsedToken> UseAsync(NumberedProbe session, TokenHash token)
    {
        session.Send(Persistence, new UseToken(0, token, Rotates: false));
        return (await session.ExpectMsgAsync<TokenUsed>()).Used;
    }

    private protected async Task BeginBothAsync()
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession);
    }

    /// <summary>Waits until the actor has handled all it was told before, and committed it.</summary>
    private protected async Task FenceAsync()
    {
        var fence = CreateTestProbe();
        fence.Send(Persistence, new Flush());
        await fence.ExpectMsgAsync<Flushed>();
    }

    private protected static ConfirmDelivery Delivered(Account by, long through, AccountId sender = default) =>
        new(by.Id, by.Username, new MessageId(through), sender, []);

    private protected StoreMessage ToBob(string content) => new(0, Ada.Id, Ada.Username, "BOB", content);

    private protected static CreateAccount NewAccount(string name)
    {
        Assert.True(Username.TryParse(name, out var username, out _));
        return new CreateAccount(0, username, "hash");
    }

    private protected async Task<Account> AddAccountAsync(string name, NumberedProbe session)
    {
        var create = NewAccount(name);
        session.Send(Persistence, create);
        await session.ExpectMsgAsync(new SignedUp());
        session.Send(Persistence, new FindAccount(0, create.Name.Key));
        return (await session.ExpectMsgAsync<AccountFound>()).Account!;
    }
}
