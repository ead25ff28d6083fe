using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The parent of the service's actors. Without a writer, or without the others, the service is
/// nothing: when one of them stops, this one does too, and the host with it.</summary>
internal sealed class ChatActor : ReceiveActor
{
    private readonly Strain _strain = Strain.Watch();

    public ChatActor(StartWriter startWriter, SlowHash hash, Changeable<ChatOptions> options, TimeProvider time,
        ILogger logger, ActorMetrics? metrics)
    {
        var (persistence, reader) = startWriter(Context);
        var passwords = Context.ActorOf(
            PasswordActor.Props(hash.Do, options.Of(chat => chat.Passwords), time, metrics), "passwords");
        var paces = new AccountPaces(options.Of(chat => chat.Pace), time, _strain);
        var sessions = Context.ActorOf(SessionsActor.Props(
            new SessionServices(persistence, reader, passwords, options.Of(chat => chat.Sessions), paces) { Metrics = metrics },
            new LoginLog(logger, time)), "sessions");
        foreach (var child in Context.GetChildren()) { Context.Watch(child); }

        Receive<OpenSession>(open => sessions.Forward(open));
        Receive<AskReadiness>(persistence.Forward);
        Receive<Flush>(flush => persistence.Forward(flush));
        Receive<OperatorCommand>(command => persistence.Forward(command));
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    /// <summary>Starts what carries out the commands of sessions, as children of the ChatActor.</summary>
    /// <returns>Who takes the commands for the PersistenceActor, and who those for the ReaderActor.</returns>
    public delegate (IActorRef Persistence, IActorRef Reader) StartWriter(IActorContext context);

    public static Props Props(
        StartWriter startWriter, SlowHash hash, Changeable<ChatOptions> options, TimeProvider time, ILogger logger,
        ActorMetrics? metrics) =>
        Akka.Actor.Props.Create(() => new ChatActor(startWriter, hash, options, time, logger, metrics));

    // Restarting would forget who is online, or leave sessions that nobody knows.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PostStop() => _strain.Dispose();
}
