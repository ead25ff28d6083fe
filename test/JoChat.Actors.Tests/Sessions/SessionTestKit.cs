using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Time.Testing;

namespace JoChat.Actors.Tests;

/// <summary>A session with probes in the place of all that surrounds it, and with a clock that stands still until the
/// test moves it: paces, timers and time-outs go by it.</summary>
public abstract class SessionTestKit : TestKit
{
    private protected static readonly Account Ada = new(new AccountId(7), "Ada", "hash-of-ada");
    private protected static readonly Secret Password = new("secret");

    private const string Configuration = Patience.Configuration
        + """akka.scheduler.implementation = "JoChat.Actors.TimeProviderScheduler, JoChat.Actors" """;

    private protected SessionTestKit(Changeable<SessionOptions>? options = null)
        : base(Configuration)
    {
        ((TimeProviderScheduler)Sys.Scheduler).Clock = Time;
        Client = new NumberedProbe(CreateTestProbe("client"));
        Persistence = new NumberedProbe(CreateTestProbe("persistence"));
        Reader = new NumberedProbe(CreateTestProbe("reader"));
        Passwords = new NumberedProbe(CreateTestProbe("passwords"));
        Parent = CreateTestProbe("parent");
        Connection = new ProbeConnection(Client.Ref);
        var services = new SessionServices(
            Persistence.Ref, Reader.Ref, Passwords.Ref, options ?? new SessionOptions { ServerName = "JoChat test" },
            new AccountPaces(new PaceOptions { RequestsPerSecond = RequestsPerSecond }, Time, new Strain()))
        {
            Metrics = Metrics,
        };
        Session = Parent.ChildActorOf(SessionActor.Props(Connection, services));
    }

    /// <summary>How many requests a second a session takes, and ten times as many at once.</summary>
    private protected virtual int RequestsPerSecond => 10_000_000;

    private protected virtual ActorMetrics? Metrics => null;

    /// <summary>The clock. A timer that a message sets is set once <see cref="FenceAsync"/> behind it is over.</summary>
    private protected FakeTimeProvider Time { get; } = new();

    private protected NumberedProbe Client { get; }

    private protected NumberedProbe Persistence { get; }

    private protected NumberedProbe Reader { get; }

    private protected NumberedProbe Passwords { get; }

    /// <summary>Hears what is to be logged.</summary>
    private protected TestProbe Parent { get; }

    private protected ProbeConnection Connection { get; }

    private protected IActorRef Session { get; }

    private protected async Task LogInAsync(Features features = Features.None, long liveAfter = 10)
    {
        if (features is not Features.None)
        {
            Session.Submit(new Hello("test", features));
            await Client.ExpectMsgAsync<Welcome>();
        }
        Session.Submit(new LogIn("ada", Password));
        await VerifyAsync();
        await Persistence.ExpectMsgAsync(new BeginSession(0, Ada, BetterHash: null)
        {
            Features = features,
            Client = new ClientInfo(features is Features.None ? null : "test", Connection.Address),
        });
        Persistence.Reply(new SessionBegun(0, Ada, new MessageId(liveAfter), UndeliveredCount: 3));
        await Client.ExpectMsgAsync(new LoggedIn(3));
    }

    /// <summary>In the place of the actors behind: finds Ada and verifies the password.</summary>
    private protected async Task VerifyAsync(bool isRight = true, string? betterHash = null, Secret? password = null)
    {
        await Persistence.ExpectMsgAsync(new FindAccount(0, "ADA", Connection.Address));
        Persistence.Reply(new AccountFound(0, Ada));
        await Passwords.ExpectMsgAsync(new VerifyPassword(0, Ada.PasswordHash, password ?? Password, From("ADA")));
        Passwords.Reply(new PasswordVerified(0, isRight, betterHash));
    }

    /// <summary>Waits until the session has handled all it was told before.</summary>
    private protected async Task FenceAsync()
    {
        var fence = CreateTestProbe();
        fence.Send(Session, new Identify(null)); // Akka answers it, in its turn
        await fence.ExpectMsgAsync<ActorIdentity>();
    }

    private protected WorkOrigin From(string nameKey) => new(Connection.Address, nameKey);

    private protected static SendMessage SendTo(string recipient, string content) => new("Ada", recipient, content);

    private protected static StoreMessage StoreFor(string recipientKey, string content) =>
        new(0, Ada.Id, "Ada", recipientKey, content);
}
