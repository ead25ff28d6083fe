namespace JoChat.ActorEngine;

/// <summary>What an actor currently does with its messages; an element of its behaviour stack.</summary>
internal abstract class Behavior
{
    /// <summary>The behaviour below; null if there is none, or only the initial one.</summary>
    public Behavior? Below { get; set; }

    /// <summary>Whether the initial behaviour comes back when this one goes; false if it was replaced.</summary>
    public bool IsAboveInitial { get; set; }

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
