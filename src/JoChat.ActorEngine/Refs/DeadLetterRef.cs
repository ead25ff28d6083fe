namespace JoChat.ActorEngine;

/// <summary>Where messages go that nobody will handle: onto the event stream.</summary>
internal sealed class DeadLetterRef(LocalActorSystem system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path { get; } = path;

    public override LocalActorSystem System { get; } = system;

    public override void Tell(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Publish(message, sender, this);
    }

    /// <summary>Publishes a message that its recipient will not handle any more.</summary>
    public void Publish(object message, IActorRef? sender, IActorRef recipient)
    {
        // A subscriber to dead letters that is dead itself and not unsubscribed yet: or they would go round for ever.
        if (message is AllDeadLetters && recipient != this) { return; }
        var letter = message switch
        {
            AllDeadLetters already => already,
            IDeadLetterSuppression expected => new SuppressedDeadLetter(expected, sender ?? this, recipient),
            _ => new DeadLetter(message, sender ?? this, recipient),
        };
        System.EventStream.Publish(letter);
    }

    public override void SendSystem(SystemMessage message) => AnswerForTheDead(message);

    /// <summary>Answers what is asked of an actor that is gone: only a watcher waits for an answer.</summary>
    public static void AnswerForTheDead(SystemMessage message)
    {
        if (message is Watch watch)
        {
            watch.Watcher.SendSystem(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false));
        }
    }
}
