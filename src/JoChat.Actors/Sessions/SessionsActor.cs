namespace JoChat.Actors;

/// <summary>The parent of all sessions. A session that fails is stopped, which closes its connection and no
/// other. It also logs what sessions tell of log-ins, for all of them by one measure.</summary>
internal sealed class SessionsActor : ReceiveActor, IWithTimers
{
    public SessionsActor(SessionServices services, LoginLog log)
    {
        Receive<OpenSession>(open => Sender.Tell(Context.ActorOf(
            SessionActor.Props(open.Connection, services).WithDispatcher(ChatOptions.SessionsDispatcher))));
        Receive<AccountNews>(log.Note);
        Receive<LoginRefused>(log.Note);
        Receive<RestDue>(_ => log.TellRest());
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    public static Props Props(SessionServices services, LoginLog log) =>
        Akka.Actor.Props.Create(() => new SessionsActor(services, log));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(RestDue.Instance, RestDue.Instance, LoginLog.Interval);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private sealed record RestDue
    {
        public static RestDue Instance { get; } = new();
    }
}

/// <summary>Make a session for a new connection. Answered by the session's <see cref="IActorRef"/>.</summary>
internal sealed record OpenSession(IClientConnection Connection);
