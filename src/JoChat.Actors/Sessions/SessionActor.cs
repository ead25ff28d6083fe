using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Server side of one client connection: has each request judged and carried out, and answers in the order
/// asked.</summary>
/// <remarks>
/// <para>A thin actor: whose turn it is, <see cref="RequestTurns"/> knows; what a request comes to,
/// <see cref="RequestRules"/>; how a login goes on, <see cref="CredentialFlow"/>; what is pushed,
/// <see cref="DeliveryStream"/>. A client's mistake is a refusal, never an exception: what throws in here is our bug,
/// and the session ends for it.</para>
/// <para>Serving (as a guest, or bound to an account) ↔ Detached → Leaving or Ending. There are as many sessions as connections:
/// no handlers per instance, no closures, and what not every client needs is made when it is needed.</para>
/// </remarks>
internal sealed partial class SessionActor(IClientConnection connection, SessionServices services) : UntypedActor
{
    private readonly RequestTurns _turns = new();
    private CredentialFlow? _flow; // of the request in flight
    private SessionLogin? _login; // null: a guest
    private bool _mayBeGone; // the client has ended its input
    private Phase _phase;
    private Pace? _pace; // of the account or the guest, once it has asked something
    private ICancelable? _pacing; // null while it is not too fast
    private ICancelable? _guestTimeout; // null if there is none, and while there is a login
    private bool _isOverdue; // a guest for too long
    private SessionCloseReason? _closing; // what the client is to be told before its connection closes

    private enum Phase
    {
        Serving,
        Detached, // the writer is lost: the account may be another's, until this session has bound again
        Leaving, // the PersistenceActor is to free the account before the client sees its connection closed
        Ending, // the account is another session's, or gone: what is in flight is still answered, nothing is begun
    }

    public static Props Props(IClientConnection connection, SessionServices services) =>
        Akka.Actor.Props.CreateBy(new Producer(connection, services));

    private SessionKind Kind => _login is null ? SessionKind.Guest : IsSide ? SessionKind.Side : SessionKind.Own;

    protected override void PreStart()
    {
        services.Metrics?.CountSession(Kind, 1);
        AwaitLogin();
    }

    protected override void PostStop()
    {
        services.Metrics?.CountSession(Kind, -1);
        _retry?.Cancel();
        _guestTimeout?.Cancel();
        _pacing?.Cancel();
        _outage?.Cancel();
        StopTyping();
        connection.Close();
    }

    protected override void OnReceive(object message)
    {
        switch (_phase)
        {
            case Phase.Serving: Serve(message); break;
            case Phase.Detached: AwaitWriter(message); break;
            case Phase.Leaving: Leave(message); break;
            default: End(message); break;
        }
    }

    private void Serve(object message)
    {
        switch (message)
        {
            // An ack is never answered, so it need not wait for its turn.
            case ClientRequest { Request: Acknowledge acks } request: Take(request, acks); break;
            case ClientRequest: _turns.Enqueue(message); break;
            case InputEnded ended: EndInput(ended); break;
            case Reply reply: HandleReply(reply); break;
            case LiveMessage live: Push(live); break;
            case DeliverEvent told: Notify(told.Event); break;
            case OutputWritten written: Continue(written); break;
            case SessionEnded ended: Lose(ended.Reason); break;
            case Behind: _stream?.FallBehind(); break;
            case WriterLost: LoseWriter(); break;
            case WriterFound: break; // a guest has lost nothing
            case RewatchDue: Rewatch(); break;
            case ReceiveTimeout: LeaveIfIdle(); break;
            case RetryRead: RetryReading(); break;
            case GuestTimeout: _isOverdue = _login is null; break;
            case PaceRegained: _pacing = null; break;
            case TypingDue: PassTyping(); break;
            default: Unhandled(message); return;
        }
        LeaveIfOverdue();
        if (_phase is not Phase.Serving) { return; }
        BeginNext();
        ReadOn();
    }

    private void Leave(object message)
    {
        switch (message)
        {
            case Answered { Request: LeaveNumber } or StoreFailed { Request: LeaveNumber } or WriterLost: Stop(); break;
            case OutputWritten written: Confirm(_stream?.Written(written.LastEvent)); break;
        }
    }

    private void End(object message)
    {
        if (message is Reply { Request: > 0 } reply) { HandleReply(reply); } // nothing is pushed any more
        else if (message is WriterLost) { Stop(); }
    }

    // A client that does not read its answers is not given more of them.
    private void BeginNext()
    {
        while (MayBegin && connection.HasRoom && !IsTooFast()
            && _turns.TryTakeNext(_login is not null, out var input))
        {
            if (input is ClientRequest request) { Begin(request); }
            else { LeaveFor(((InputEnded)input).Reason); }
        }
    }

    // What is asked too fast waits: nothing is refused, and the client feels back-pressure.
    private bool IsTooFast()
    {
        if (!_turns.HasRequestWaiting) { return false; }
        _pace ??= _login is null ? services.Paces.OfGuest() : services.Paces.Of(_login.Id);
        if (_pacing is not null) { return true; }
        if (_pace.Wait() is not { Ticks: > 0 } wait) { return false; }
        _pacing = Context.System.Scheduler.ScheduleTellOnceCancelable(wait, Self, PaceRegained.Instance, Self);
        return true;
    }

    private void Begin(ClientRequest request)
    {
        _pace?.Take(request.Bytes);
        var number = _turns.Begin(request);
        Step(number, request.Request switch
        {
            var any when _phase is Phase.Detached => JudgeDetached(any),
            Hello hello => Greet(hello),
            SignUp signUp => BeginSignUp(signUp, number),
            LogIn logIn when _login is null => BeginLogIn(logIn, number),
            Resume resume when _login is null => BeginResume(resume, number),
            RenewToken renew when _login is null => BeginRenewal(renew, number),
            ChangePassword change when _login is not null => BeginPasswordChange(change, number),
            DeleteAccount delete when _login is not null => BeginDeletion(delete, number),
            AskPresence ask when _login is not null => Watching(
                RequestRules.Judge(ask, number, _login, _features, services.Options)),
            var other when _login is null => RequestRules.JudgeGuests(other, number, services.Options),
            var other => Thin(RequestRules.Judge(other, number, _login, _features, services.Options)),
        });
    }

    // Carries out what RequestRules decide, or the next step of a CredentialFlow.
    private void Step(long number, object step)
    {
        switch (step)
        {
            case Response response: Answer(number, response); break;
            case PasswordWork work: Ask(work); break;
            case FindAccounts find: services.Reader.Tell(find, Self); break;
            case Command command: services.Persistence.Tell(command, Self); break;
            default: throw new InvalidOperationException($"{step} is no step.");
        }
    }

    private void HandleReply(Reply reply)
    {
        switch (reply)
        {
            case Answered answered: Answer(reply.Request, answered.Response); break;
            case AnsweredFor answered: Answer(reply.Request, UnlessTooLate(answered)); break;
            case UndeliveredRead page: Push(page); break;
            case StoreFailed { Request: 0 }: ReadLater(); break;
            case StoreFailed { Request: RewatchNumber }: RewatchLater(RetryAfter); break;
            case SessionBegun begun: Enter(begun); break;
            case StoreFailed when _turns.Find(reply.Request) is { } failed:
                Answer(reply.Request, Refusals.StorageUnavailable(failed.Operation));
                break;
            case PasswordWorkRefused when _turns.Find(reply.Request) is { } refused:
                Answer(reply.Request, Refusals.Busy(refused.Operation));
                break;
            case TooManyGuesses guesses when _turns.Find(reply.Request) is { } guessed:
                Answer(reply.Request, Refusals.TooManyGuesses(guessed.Operation, guesses.Wait));
                break;
            case PasswordWorkFailed failed: throw new InvalidOperationException("Password work failed.", failed.Cause);
            case var step when _flow is { } flow && flow.Request == step.Request && flow.Next(step) is { } next:
                Step(step.Request, next);
                break;
        }
    }

    // Responses leave in the order of their requests.
    private void Answer(long number, Response response)
    {
        Report(number, response);
        _turns.Complete(number, response);
        while (_turns.TryTakeAnswered(out var request, out var answer))
        {
            var bytes = connection.Answer(request, answer);
            _pace?.TakeAnswer(bytes);
            if (answer is PasswordChanged) { NotePasswordChange(); }
            if (!_turns.HasInFlight) { _flow = null; }
            if (_phase is Phase.Serving && EndsLogin(answer)) { BecomeGuest(); }
        }
        if (_phase is Phase.Ending && !_turns.HasInFlight) { Stop(); }
    }

    private static bool EndsLogin(Response answer) =>
        answer is LoggedOut or AccountDeleted or DatabaseReset or LoginRevoked { IsOwn: true };

    // Refused if the session has lost its account meanwhile. Who takes it tells the session so before anything later is
    // committed: an answer that comes before that news can hold nothing of it.
    private Response UnlessTooLate(AnsweredFor answered) =>
        _phase is Phase.Serving && _login?.Id == answered.Account
            ? answered.Response
            : Refusals.NotLoggedIn(answered.Response.Operation);

    private sealed record PaceRegained
    {
        public static PaceRegained Instance { get; } = new();
    }

    private sealed class Producer(IClientConnection connection, SessionServices services) : IIndirectActorProducer
    {
        public Type ActorType => typeof(SessionActor);

        public ActorBase Produce() => new SessionActor(connection, services);

        public void Release(ActorBase actor)
        {
        }
    }
}

/// <summary>What surrounds every session.</summary>
/// <param name="Persistence">The PersistenceActor.</param>
/// <param name="Reader">The ReaderActor.</param>
/// <param name="Passwords">The PasswordActor.</param>
/// <param name="Settings">How sessions behave.</param>
/// <param name="Paces">How fast accounts may ask.</param>
internal sealed record SessionServices(
    IActorRef Persistence, IActorRef Reader, IActorRef Passwords, Changeable<SessionOptions> Settings, AccountPaces Paces)
{
    /// <summary>How sessions behave now.</summary>
    public SessionOptions Options => Settings.Value;

    /// <summary>Counts sessions; null if nothing is measured.</summary>
    public ActorMetrics? Metrics { get; init; }
}
