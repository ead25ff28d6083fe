namespace JoChat.ActorEngine;

/// <summary>The reference of an actor that lives in this process.</summary>
internal sealed class LocalActorRef(ActorPath path, InternalActorRef parent) : InternalActorRef
{
    public override ActorPath Path { get; } = path;

    public override InternalActorRef Parent { get; } = parent;

    // Set once, before the reference is handed to anyone.
    public Mailbox Mailbox { get; set; } = null!;

    public ActorCell Cell => Mailbox.Cell;

    public override LocalActorSystem System => Cell.System;

    public override void Tell(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Mailbox.Enqueue(message, sender);
    }

    public override void SendSystem(SystemMessage message) => Mailbox.EnqueueSystem(message);
}
