namespace JoChat.Actors;

/// <summary>The parent of all sessions. A session that fails is stopped, which closes its connection and no
/// other.</summary>
internal sealed class SessionsActor : ReceiveActor
{
    public SessionsActor(
        IActorRef persistence, IActorRef browsing, IActorRef passwords, SessionOptions options) =>
        Receive<OpenSession>(open => Sender.Tell(Context.ActorOf(
            Props.Create(() => new SessionActor(open.Connection, persistence, browsing, passwords, options))
                .WithDispatcher(ChatOptions.SessionsDispatcher))));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
}

/// <summary>Make a session for a new connection. Answered by the session's <see cref="IActorRef"/>.</summary>
internal sealed record OpenSession(IClientConnection Connection);
