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

internal sealed class CountUnreadCodec()
    : OperationCodec<CountUnread, UnreadCounted>(Operation.CountUnread, "count_unread")
{
    private const string Text = "Count of away messages.";

    public override int RefusalPadding => sizeof(ushort);

    public override CountUnread ReadRequest(ref JsonInput data)
    {
        while (data.NextMember()) { }
        return new CountUnread();
    }

    public override UnreadCounted? ReadResponse(ref JsonInput data)
    {
        long? unread = null;
        while (data.NextMember())
        {
            if (data.Is("unread_count"u8)) { unread = data.TakeInteger(); }
        }
        return unread is { } count ? new UnreadCounted(count) : null;
    }

    protected override void Write(CountUnread request, JsonOutput data) { }

    protected override void Write(UnreadCounted response, JsonOutput data)
    {
        data.Member("msg"u8, Text);
        data.Member("unread_count"u8, response.Count);
    }

    public override CountUnread ReadRequest(ref BinaryInput input) => new();

    public override UnreadCounted? ReadResponse(ref BinaryInput input)
    {
        var unread = input.TakeUInt16();
        _ = input.TakeText8();
        return new UnreadCounted(unread);
    }

    protected override void Write(CountUnread request, BinaryOutput output) { }

    protected override void Write(UnreadCounted response, BinaryOutput output)
    {
        output.UInt16(response.Count);
        output.Text8(Text);
    }
}
