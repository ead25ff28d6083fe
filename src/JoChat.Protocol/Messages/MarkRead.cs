namespace JoChat.Protocol;

/// <summary><c>mark_read</c>: I have read someone's messages up to this one. The mark only ever rises.</summary>
/// <param name="With">Whose messages; null or empty is refused.</param>
/// <param name="Through">The id of the newest message read; null is refused.</param>
public sealed record MarkRead(string? With, long? Through) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.MarkRead;
}

/// <summary>The mark is set, or was as high already.</summary>
public sealed record MarkedRead : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.MarkRead;
}

internal sealed class MarkReadCodec()
    : DoneCodec<MarkRead, MarkedRead>(Operation.MarkRead, "mark_read", "Marked as read.")
{
    public override MarkRead ReadRequest(ref JsonInput data)
    {
        string? with = null;
        long? through = null;
        while (data.NextMember())
        {
            if (data.Is("with"u8)) { with = data.TakeText(); }
            else if (data.Is("through"u8)) { through = data.TakeInteger(); }
        }
        return new MarkRead(with, through);
    }

    protected override void Write(MarkRead request, JsonOutput data)
    {
        data.Member("with"u8, request.With);
        if (request.Through is { } through) { data.Member("through"u8, through); }
    }

    public override MarkRead ReadRequest(ref BinaryInput input) => new(input.TakeText16(), input.TakeOptional());

    protected override void Write(MarkRead request, BinaryOutput output)
    {
        output.Text16(request.With);
        output.Optional(request.Through);
    }
}
