using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Server side of one client connection: judges each request, has it done, and answers in the order
/// asked.</summary>
/// <remarks>
/// <para>Guest → (LoggingIn) → LoggedIn → Guest, and to the end by Leaving or Ending. A client's mistake is a refusal,
/// never an exception: what throws in here is our bug, and the session ends for it.</para>
/// <para>One request is under way at a time and the others wait their turn in the stash, with one exception: sends
/// follow each other without waiting, so that a burst of them shares one commit. The PersistenceActor answers in
/// order, and so does the session.</para>
/// </remarks>
internal sealed partial class SessionActor : ReceiveActor, IWithStash
{
    private readonly IClientConnection _connection;
    private readonly IActorRef _persistence;
    private readonly IActorRef _browsing;
    private readonly IActorRef _passwords;
    private readonly SessionOptions _options;
    private readonly Queue<Request> _underWay = new(); // oldest first; all are sends if there is more than one
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
        ReceiveTooLate();
        ReceiveInTurn();
        Receive<SignUp>(StartSignUp);
        Receive<LogIn>(StartLogIn);
        Receive<Resume>(StartResume);
        Receive<Hello>(Greet);
        Receive<Ping>(ping => Reply(ping, new Pong()));
        Receive<ListAccounts>(_ => _options.AllowAnonymousListing, list => StartListing(list));
        Receive<ResetDatabase>(StartReset);
        Receive<SendMessage>(send =>
            Reply(send, IsIncomplete(send) ? Refusals.IncompleteMessage : Refusals.WrongSender));
        ReceiveOthers(request => Refusals.NotLoggedIn(request.Operation));
    }

    private void LoggedIn()
    {
        Receive<SendMessage>(_ => MayFollow, StartSend);
        ReceiveDelivery();
        ReceiveInTurn();
        Receive<SendMessage>(StartSend);
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
        ReceiveOthers(request => Refusals.Unsupported(request.Operation));
    }

    /// <summary>What every state begins with: a request that comes while another is under way waits. An acknowledgement
    /// is never answered, so it need not.</summary>
    private void ReceiveInTurn()
    {
        Receive<Acknowledge>(Take);
        Receive<Request>(_ => MustWait, _ => Stash.Stash());
        Receive<InputEnded>(_ => MustWait, _ => Stash.Stash());
        Receive<InputEnded>(ended => Leave(ended.Reason));
        Receive<OutputWritten>(GoOn);
        Receive<ReceiveTimeout>(_ => MayBeIdle, _ => Leave(reason: null));
        Receive<ReceiveTimeout>(_ => { });
    }

    /// <summary>What every state ends with: answers, and requests that no handler before took.</summary>
    private void ReceiveOthers(Func<Request, Refused> refuse)
    {
        Receive<UnreadableRequest>(bad => Reply(
            bad, new Refused(bad.Operation, bad.Code, bad.Text) { MessageType = bad.MessageType }));
        Receive<Request>(request => Reply(request, refuse(request)));
        ReceiveAnswers();
    }

    private void ReceiveAnswers()
    {
        Receive<Response>(Answer);
        Receive<AccountLookedUp>(VerifyOld);
        Receive<PasswordVerified>(HashNew);
        Receive<PasswordHashed>(StoreHash);
        Receive<PasswordWorkRefused>(_ => Answer(Refusals.Busy(_underWay.Peek().Operation)));
        Receive<StoreFailed>(_ => Answer(Refusals.StorageUnavailable(_underWay.Peek().Operation)));
        Receive<Status.Failure>(failed => throw new InvalidOperationException("Password work failed.", failed.Cause));
    }

    // A client that does not read its answers is not given more of them.
    private bool IsHeldUp => _underWay.Count > 0 || !_connection.HasRoom;

    // Room comes back before the session is told of it: what arrives in between must not overtake what waits.
    private bool MustWait => IsHeldUp || Stash.NonEmpty;

    // A guest that does not read its answers is idle too: only a logged-in client may be slow for ever.
    private bool MayBeIdle => _underWay.Count == 0 && (_login is null || !MustWait);

    private bool MayFollow =>
        _underWay.TryPeek(out var first) && first is SendMessage && Stash.IsEmpty && _connection.HasRoom;

    // Asks another actor for what the request needs; its answer will be the request's.
    private void Start(Request request, IActorRef from, object command)
    {
        _underWay.Enqueue(request);
        from.Tell(command);
    }

    // Answers the oldest request under way and lets those that waited for it come again.
    private void Answer(Response response)
    {
        Reply(_underWay.Dequeue(), response);
        if (_closing is not null)
        {
            if (_underWay.Count == 0) { Close(); }
            return;
        }
        if (response is LoggedOut or AccountDeleted or DatabaseReset) { Forget(); }
        if (!IsHeldUp) { Stash.UnstashAll(); }
    }

    private void Reply(Request request, Response response) =>
        _connection.Send(response.AsAnswerTo(request));

    /// <summary>The socket took what was sent: that may be received, and there may be room for more.</summary>
    private void GoOn(OutputWritten written)
    {
        TakeWritten(written.LastEvent);
        TellHeld();
        ReadOn();
        if (!IsHeldUp) { Stash.UnstashAll(); }
    }

    private void SetIdleTimeout(TimeSpan timeout) =>
        SetReceiveTimeout(timeout == TimeSpan.Zero ? null : timeout);
}
