using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Server side of one client connection: judges each request, has it done, and answers in the order
/// asked.</summary>
/// <remarks>
/// <para>Guest → (LoggingIn) → LoggedIn → Guest. A client's mistake is a refusal, never an exception: what throws
/// in here is our bug, and the session ends for it.</para>
/// <para>One request is under way at a time and the others wait their turn in the stash, with one exception: sends
/// follow each other without waiting, so that a burst of them shares one commit. The PersistenceActor answers in
/// order, and so does the session.</para>
/// </remarks>
internal sealed partial class SessionActor : ReceiveActor, IWithStash
{
    private readonly IClientConnection _connection;
    private readonly IActorRef _persistence;
    private readonly IActorRef _passwords;
    private readonly SessionOptions _options;
    private readonly Queue<Request> _underWay = new(); // oldest first; all are sends if there is more than one
    private Login? _login;

    public SessionActor(
        IClientConnection connection, IActorRef persistence, IActorRef passwords, SessionOptions options)
    {
        (_connection, _persistence, _passwords, _options) = (connection, persistence, passwords, options);
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
        Receive<Hello>(Greet);
        Receive<ListAccounts>(_ => _options.AllowAnonymousListing, list => StartListing(list));
        Receive<ResetDatabase>(StartReset);
        Receive<SendMessage>(send =>
            Reply(send, IsIncomplete(send) ? Refusals.IncompleteMessage : Refusals.WrongSender));
        ReceiveOthers(request => Refusals.NotLoggedIn(request.Operation));
    }

    private void LoggedIn()
    {
        Receive<SendMessage>(_ => MayFollow, StartSend);
        ReceivePush();
        ReceiveInTurn();
        Receive<SendMessage>(StartSend);
        Receive<SignUp>(StartSignUp);
        Receive<LogIn>(RefuseSecondLogIn);
        Receive<Hello>(Greet);
        Receive<ListAccounts>(StartListing);
        Receive<ResetDatabase>(StartReset);
        ReceiveInboxRequests();
        ReceiveOthers(request => Refusals.Unsupported(request.Operation));
    }

    /// <summary>What every state begins with: a request that comes while another is under way waits.</summary>
    private void ReceiveInTurn()
    {
        Receive<Request>(_ => MustWait, _ => Stash.Stash());
        Receive<InputEnded>(_ => MustWait, _ => Stash.Stash());
        Receive<InputEnded>(_ => Leave());
        Receive<OutputWritten>(Resume);
        Receive<ReceiveTimeout>(_ => MayBeIdle, _ => Leave());
        Receive<ReceiveTimeout>(_ => { });
    }

    /// <summary>What every state ends with: answers, and requests that no handler before took.</summary>
    private void ReceiveOthers(Func<Request, Refused> refuse)
    {
        Receive<UnreadableRequest>(bad => Reply(
            bad, new Refused(bad.Operation, bad.Code, bad.Text) { MessageType = bad.MessageType }));
        Receive<Request>(request => Reply(request, refuse(request)));
        Receive<Response>(Answer);
        Receive<PasswordHashed>(FinishSignUp);
        Receive<PasswordWorkRefused>(_ => Answer(Refusals.Busy(_underWay.Peek().Operation)));
        Receive<StoreFailed>(_ => Answer(Refusals.StorageUnavailable(_underWay.Peek().Operation)));
        Receive<SessionRevoked>(_ => Forget());
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
        if (response is LoggedOut or AccountDeleted) { Forget(); }
        if (!IsHeldUp) { Stash.UnstashAll(); }
    }

    private void Reply(Request request, Response response) =>
        _connection.Send(response.AsAnswerTo(request));

    private void Greet(Hello hello)
    {
        _features = hello.Features & Features.Push;
        Reply(hello, new Welcome(_options.ServerName, _features,
            _options.MaxFrameBytes, _options.WindowMessages, _options.WindowBytes));
        StartPush();
    }

    private void SetIdleTimeout(TimeSpan timeout) =>
        SetReceiveTimeout(timeout == TimeSpan.Zero ? null : timeout);

    /// <summary>The account of this session, and the newest message there was when it logged in: the account's messages
    /// above that are live, the others were sent while it was away.</summary>
    private sealed record Login(AccountId Id, string Username, MessageId LiveAfter);
}
