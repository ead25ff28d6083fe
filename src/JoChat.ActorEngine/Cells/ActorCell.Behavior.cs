namespace JoChat.ActorEngine;

/// <summary>Become and unbecome.</summary>
internal sealed partial class ActorCell
{
    // The top of the behaviour stack; null while the actor is in its initial behaviour.
    private StackedBehavior? _behavior;

    public void Become(Behavior behavior) =>
        _behavior = new StackedBehavior(behavior, _behavior?.Below, _behavior?.IsAboveInitial ?? false);

    public void BecomeStacked(Behavior behavior) =>
        _behavior = new StackedBehavior(behavior, _behavior, IsAboveInitial: _behavior is null);

    public void Become(Receive receive) => Become(new ReceiveBehavior(receive));

    public void BecomeStacked(Receive receive) => BecomeStacked(new ReceiveBehavior(receive));

    public void Become(UntypedReceive receive) => Become(new UntypedBehavior(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(new UntypedBehavior(receive));

    public void UnbecomeStacked()
    {
        if (_behavior is { } top && (top.Below is not null || top.IsAboveInitial)) { _behavior = top.Below; }
    }

    /// <param name="Behavior">What handles the messages.</param>
    /// <param name="Below">The behaviour below; null if there is none, or only the initial one.</param>
    /// <param name="IsAboveInitial">Whether the initial behaviour comes back when this one goes; false if it was
    /// replaced.</param>
    private sealed record StackedBehavior(Behavior Behavior, StackedBehavior? Below, bool IsAboveInitial);
}
