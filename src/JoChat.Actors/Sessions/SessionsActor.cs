namespace JoChat.Actors;

/// <summary>The parent of all sessions. A session that fails is stopped, which closes its connection and no
/// other.</summary>
internal sealed class SessionsActor : ReceiveActor
{
    public SessionsActor(SessionServices services) => Receive<OpenSession>(open => Sender.Tell(Context.ActorOf(
        SessionActor.Props(open.Connection, services).WithDispatcher(ChatOptions.SessionsDispatcher))));

    public static Props Props(SessionServices services) =>
        Akka.Actor.Props.Create(() => new SessionsActor(services));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
}

/// <summary>Make a session for a new connection. Answered by the session's <see cref="IActorRef"/>.</summary>
internal sealed record OpenSession(IClientConnection Connection);
