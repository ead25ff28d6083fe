namespace JoChat.ActorEngine;

/// <summary>How an actor handles messages, once it has become something else than it was at first.</summary>
internal abstract class Behavior
{
    /// <param name="cell">The actor whose behaviour this is.</param>
    /// <param name="message">What was told.</param>
    /// <returns>False if the message was not handled.</returns>
    public abstract bool Handle(ActorCell cell, object message);
}

internal sealed class ReceiveBehavior(Receive receive) : Behavior
{
    public override bool Handle(ActorCell cell, object message) => receive(message);
}

internal sealed class UntypedBehavior(UntypedReceive receive) : Behavior
{
    public override bool Handle(ActorCell cell, object message)
    {
        receive(message);
        return true;
    }
}
