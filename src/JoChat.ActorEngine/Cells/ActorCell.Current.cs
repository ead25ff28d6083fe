namespace JoChat.ActorEngine;

/// <summary>Which actor runs on this thread.</summary>
internal sealed partial class ActorCell
{
    [ThreadStatic]
    private static ActorCell? _current;

    [ThreadStatic]
    private static ActorCell? _constructing;

    /// <summary>The actor that runs on this thread, if one does.</summary>
    public static ActorCell? Current => _current;

    /// <summary>The actor whose constructor is about to run on this thread.</summary>
    public static ActorCell? Constructing => _constructing;

    /// <exception cref="NotSupportedException">No actor runs on this thread.</exception>
    public static ActorCell RequireCurrent() => _current ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    /// <returns>What to give to <see cref="Leave"/>.</returns>
    public static ActorCell? Enter(ActorCell? cell)
    {
        var outer = _current;
        _current = cell;
        return outer;
    }

    public static void Leave(ActorCell? outer) => _current = outer;
}
