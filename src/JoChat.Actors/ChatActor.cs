using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The parent of the service's actors. Without the PersistenceActor, or without the others, the service is
/// nothing: when one of them stops, this one does too, and the host with it.</summary>
internal sealed class ChatActor : ReceiveActor
{
    private readonly IActorRef _sessions;

    public ChatActor(
        IChatStore store, IChatReader reader, ChatOptions options, TimeProvider time, ILogger logger)
    {
        var browsing = Context.Watch(Context.ActorOf(
            Props.Create(() => new BrowseActor(reader, logger)), "browsing"));
        var persistence = Context.Watch(Context.ActorOf(
            Props.Create(() => new PersistenceActor(store, browsing, options.Persistence, time, logger)), "persistence"));
        var hash = new SlowHash(options.Passwords.Iterations);
        var passwords = Context.Watch(Context.ActorOf(
            Props.Create(() => new PasswordActor(hash.Do, options.Passwords)), "passwords"));
        _sessions = Context.Watch(Context.ActorOf(
            Props.Create(() => new SessionsActor(persistence, browsing, passwords, options.Sessions)), "sessions"));

        Receive<OpenSession>(open => _sessions.Forward(open));
        Receive<Flush>(flush => persistence.Forward(flush));
    }

    // Restarting would forget who is online, or leave sessions that nobody knows.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
}
