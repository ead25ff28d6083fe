using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Server side of one client connection: judges each request, has it done, and answers in the order
/// asked.</summary>
/// <remarks>
/// <para>Guest → (LoggingIn) → LoggedIn → Guest, and to the end by Leaving or Ending. A client's mistake is a refusal,
/// never an exception: what throws in here is our bug, and the session ends for it.</para>
/// <para>One request is under way at a time and the others wait their turn in the stash, with one exception: sends
/// follow each other without waiting, so that a burst of them shares one commit. The PersistenceActor answers in
/// order, and so does the session. From the stash the oldest comes again alone, when it may begin, so that an answer
/// costs the same however many wait.</para>
/// <para>What Guest and LoggedIn receive is always a method of the actor, or a lambda over it alone, without a guard
/// beside it: such a state costs a session no memory, and there are as many sessions as connections.</para>
/// </remarks>
internal sealed partial class SessionActor : ReceiveActor, IWithStash, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    private readonly IClientConnection _connection;
    private readonly IActorRef _persistence;
    private readonly IActorRef _browsing;
    private readonly IActorRef _passwords;
    private readonly SessionOptions _options;
    private RequestsUnderWay _underWay; // all are sends if there is more than one
    private bool _oldestComes; // the oldest of the stash, as the next message
    private Login? _login;

    public SessionActor(
        IClientConnection connection, IActorRef persistence, IActorRef browsing, IActorRef passwords,
        SessionOptions options)
    {
        (_connection, _persistence, _browsing) = (connection, persistence, browsing);
        (_passwords, _options) = (passwords, options);
        _window = new DeliveryWindow(options.WindowMessages, options.WindowBytes);
        Become(Guest);
    }

    public IStash Stash { get; set; } = null!; // set by the engine before the first message

    protected override void PreStart() => SetIdleTimeout(_options.GuestIdleTimeout);

    protected override void PostStop() => _connection.Close();

    private void Guest()
    {
        ReceiveInTurn();
        Receive<SignUp>(StartSignUp);
        Receive<LogIn>(StartLogIn);
        Receive<Resume>(StartResume);
        Receive<Hello>(Greet);
        Receive<Ping>(ping => Reply(ping, new Pong()));
        Receive<ListAccounts>(MayListAsGuest);
        Receive<ResetDatabase>(StartReset);
        Receive<SendMessage>(send =>
            Reply(send, IsIncomplete(send) ? Refusals.IncompleteMessage : Refusals.WrongSender));
        ReceiveUnreadable();
        Receive<Request>(RefuseGuest);
        ReceiveAnswers();
    }

    private void LoggedIn()
    {
        Receive<SendMessage>(StartSend);
        ReceiveDelivery();
        ReceiveInTurn();
        Receive<SignUp>(StartSignUp);
        Receive<LogIn>(RefuseSecondLogIn);
        Receive<Resume>(RefuseSecondResume);
        Receive<ChangePassword>(StartPasswordChange);
        Receive<Hello>(Greet);
        Receive<Ping>(ping => Reply(ping, new Pong()));
        Receive<ListAccounts>(StartListing);
        Receive<ResetDatabase>(StartReset);
        ReceiveInboxRequests();
        ReceiveConversationRequests();
        Receive<Announcement>(Tell);
        Receive<SessionEnded>(End);
        ReceiveUnreadable();
        Receive<Request>(RefuseUnsupported);
        ReceiveAnswers();
    }

    /// <summary>What every state begins with: a request that comes while another is under way waits. An acknowledgement
    /// is never answered, so it need not.</summary>
    private void ReceiveInTurn()
    {
        Receive<Acknowledge>(Take);
        Receive<Request>(WaitsForItsTurn);
        Receive<InputEnded>(LeaveInTurn);
        Receive<OutputWritten>(GoOn);
        Receive<ReceiveTimeout>(LeaveIfIdle);
        Receive<StoreFailed>(IsOfNoRequest);
    }

    // A read of what waits, asked for before a logout: it is no answer to what is under way now.
    private static bool IsOfNoRequest(StoreFailed failed) => failed.Command is ReadBacklog;

    private void ReceiveUnreadable() => Receive<UnreadableRequest>(bad => Reply(
        bad, new Refused(bad.Operation, bad.Code, bad.Text) { MessageType = bad.MessageType }));

    private void ReceiveAnswers()
    {
        Receive<Response>(Answer);
        Receive<AccountLookedUp>(VerifyOld);
        Receive<PasswordVerified>(HashNew);
        Receive<PasswordHashed>(StoreHash);
        Receive<PasswordWorkRefused>(_ => Answer(Refusals.Busy(_underWay.Oldest.Operation)));
        Receive<StoreFailed>(_ => Answer(Refusals.StorageUnavailable(_underWay.Oldest.Operation)));
        Receive<Status.Failure>(failed => throw new InvalidOperationException(
            $"Password work for {_underWay.Oldest.Operation} failed.", failed.Cause));
    }

    private void SetIdleTimeout(TimeSpan timeout) =>
        SetReceiveTimeout(timeout == TimeSpan.Zero ? null : timeout);
}
