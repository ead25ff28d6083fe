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

internal sealed class MarkReadCodec() : OperationCodec<MarkRead, MarkedRead>(
    Operation.MarkRead, "mark_read",
    new FieldTable<MarkRead, (string? With, long? Through)>(
        request => (request.With, request.Through), values => new(values.With, values.Through))
        .Add("with", (ref values) => ref values.With, new Text(2))
        .Add("through", (ref values) => ref values.Through, new Integer(8, isOptional: true)),
    new EmptyFields<MarkedRead>("Marked as read."));
