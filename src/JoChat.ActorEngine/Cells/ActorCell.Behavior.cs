namespace JoChat.ActorEngine;

/// <summary>Become and unbecome.</summary>
internal sealed partial class ActorCell
{
    // The top of the behaviour stack; null while the actor is in its initial behaviour.
    private Behavior? _behavior;

    public void Become(Behavior behavior)
    {
        behavior.Below = _behavior?.Below;
        behavior.IsAboveInitial = _behavior?.IsAboveInitial ?? false;
        _behavior = behavior;
    }

    public void BecomeStacked(Behavior behavior)
    {
        behavior.Below = _behavior;
        behavior.IsAboveInitial = _behavior is null;
        _behavior = behavior;
    }

    public void Become(Receive receive) => Become(new ReceiveBehavior(receive));

    public void BecomeStacked(Receive receive) => BecomeStacked(new ReceiveBehavior(receive));

    public void Become(UntypedReceive receive) => Become(new UntypedBehavior(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(new UntypedBehavior(receive));

    public void UnbecomeStacked()
    {
        if (_behavior is { } top && (top.Below is not null || top.IsAboveInitial)) { _behavior = top.Below; }
    }
}
