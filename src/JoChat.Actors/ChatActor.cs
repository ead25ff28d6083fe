using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The parent of the service's actors. Without the PersistenceActor, or without the others, the service is
/// nothing: when one of them stops, this one does too, and the host with it.</summary>
internal sealed class ChatActor : ReceiveActor
{
    private readonly Strain _strain = Strain.Watch();

    public ChatActor(
        IChatStore store, IChatReader reader, SlowHash hash, ChatOptions options, TimeProvider time, ILogger logger)
    {
        var readerActor = Start("reader", ReaderActor.Props(reader, logger));
        var persistence = Start(
            "persistence", PersistenceActor.Props(store, readerActor, options.Persistence, time, logger));
        var passwords = Start("passwords", PasswordActor.Props(hash.Do, options.Passwords, time, logger));
        var paces = new AccountPaces(options.Pace, time, _strain);
        var sessions = Start("sessions", SessionsActor.Props(
            new SessionServices(persistence, readerActor, passwords, options.Sessions, paces)));

        Receive<OpenSession>(open => sessions.Forward(open));
        Receive<Flush>(flush => persistence.Forward(flush));
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    public static Props Props(
        IChatStore store, IChatReader reader, SlowHash hash, ChatOptions options, TimeProvider time, ILogger logger) =>
        Akka.Actor.Props.Create(() => new ChatActor(store, reader, hash, options, time, logger));

    // Restarting would forget who is online, or leave sessions that nobody knows.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PostStop() => _strain.Dispose();

    private static IActorRef Start(string name, Props props) => Context.Watch(Context.ActorOf(props, name));
}
