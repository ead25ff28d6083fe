namespace JoChat.Protocol;

/// <summary><c>count_unread</c>: how many messages were sent while I was away and are not fetched yet.</summary>
public sealed record CountUnread : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.CountUnread;
}

/// <summary>The count asked for.</summary>
/// <param name="Count">Messages, ≥ 0.</param>
public sealed record UnreadCounted(long Count) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.CountUnread;
}
