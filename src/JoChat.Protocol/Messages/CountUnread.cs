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

internal sealed class CountUnreadCodec() : OperationCodec<CountUnread, UnreadCounted>(
    Operation.CountUnread, "count_unread",
    new EmptyFields<CountUnread>(),
    new FieldTable<UnreadCounted, (string? Text, long? Count)>(
        response => ("Count of away messages.", response.Count),
        values => values.Count is { } count ? new(count) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("unread_count", (ref values) => ref values.Count, new Integer(2))
        .InBinary((ref values) => ref values.Text, new Remark()))
{
    public override int RefusalPadding => sizeof(ushort);
}
