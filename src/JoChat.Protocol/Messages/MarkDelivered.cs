namespace JoChat.Protocol;

/// <summary><c>mark_delivered</c>: everything that others sent me up to this message has arrived. The mark only ever
/// rises.</summary>
/// <param name="Through">The id of the newest message that has arrived; null is refused.</param>
public sealed record MarkDelivered(long? Through) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.MarkDelivered;
}

/// <summary>The mark is durable, or was as high already.</summary>
public sealed record MarkedDelivered : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.MarkDelivered;
}

internal sealed class MarkDeliveredCodec() : OperationCodec<MarkDelivered, MarkedDelivered>(
    Operation.MarkDelivered, "mark_delivered",
    new FieldTable<MarkDelivered, long?>(request => request.Through, through => new(through))
        .Add("through", (ref through) => ref through, new Integer(8, isOptional: true)),
    new EmptyFields<MarkedDelivered>("Marked as delivered."));
