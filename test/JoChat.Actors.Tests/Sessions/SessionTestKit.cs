using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A session with probes in the place of all that surrounds it.</summary>
public abstract class SessionTestKit : TestKit
{
    private protected static readonly Account Ada = new(new AccountId(7), "Ada", "hash-of-ada");
    private protected static readonly Secret Password = new("secret");

    // The patience is for a loaded machine; no verdict hangs on it.
    private protected SessionTestKit(SessionOptions? options = null)
        : base("akka.test.single-expect-default = 60s")
    {
        Client = CreateTestProbe("client");
        Persistence = CreateTestProbe("persistence");
        Browsing = CreateTestProbe("browsing");
        Passwords = CreateTestProbe("passwords");
        Connection = new ProbeConnection(Client.Ref);
        var (connection, persistence, passwords) = (Connection, Persistence.Ref, Passwords.Ref);
        var browsing = Browsing.Ref;
        var settings = options ?? new SessionOptions { ServerName = "JoChat test" };
        Session = Sys.ActorOf(Props.Create(() =>
            new SessionActor(connection, persistence, browsing, passwords, settings)));
    }

    private protected TestProbe Client { get; }

    private protected TestProbe Persistence { get; }

    private protected TestProbe Browsing { get; }

    private protected TestProbe Passwords { get; }

    private protected ProbeConnection Connection { get; }

    private protected IActorRef Session { get; }

    private protected async Task LogInAsync(Features features = Features.None, long liveAfter = 10)
    {
        if (features is not Features.None)
        {
            Session.Tell(new Hello("test", features));
            await Client.ExpectMsgAsync<Welcome>();
        }
        Session.Tell(new LogIn("ada", Password));
        await Persistence.ExpectMsgAsync(new LookUpAccount("ADA"));
        Persistence.Reply(new AccountLookedUp(Ada));
        await Passwords.ExpectMsgAsync(new VerifyPassword(Ada.PasswordHash, Password));
        Passwords.Reply(new PasswordVerified(IsRight: true, BetterHash: null));
        await Persistence.ExpectMsgAsync(new BeginSession(Ada, BetterHash: null) { Features = features });
        Persistence.Reply(new SessionBegun(Ada, new MessageId(liveAfter), AwayCount: 3));
        await Client.ExpectMsgAsync(new LoggedIn(3));
    }

    /// <summary>Waits until the session has handled all it was told before.</summary>
    private protected async Task FenceAsync()
    {
        var fence = CreateTestProbe();
        Sys.EventStream.Subscribe(fence.Ref, typeof(UnhandledMessage));
        Session.Tell("fence");
        await fence.ExpectMsgAsync<UnhandledMessage>();
    }

    private protected static SendMessage SendTo(string recipient, string content) => new("Ada", recipient, content);

    private protected static StoreMessage StoreFor(string recipientKey, string content) =>
        new(Ada.Id, "Ada", recipientKey, content);
}
