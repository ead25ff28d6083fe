using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary>The event <c>receipt</c>: messages of mine are delivered or read.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="By">By whom.</param>
/// <param name="Ids">The messages, ascending by id: the newest <see cref="Limits.MaxReceiptIds"/>. The receipt holds
/// for all earlier messages to the same person too.</param>
/// <param name="At">When; on the wire, milliseconds since 1970-01-01 UTC.</param>
public sealed record ReceiptArrived(
    ReceiptKind Kind, string By, ImmutableArray<long> Ids, DateTimeOffset At) : ServerEvent;

/// <summary>What a receipt is for.</summary>
public enum ReceiptKind
{
    /// <summary><c>delivered</c>: the recipient's client has received the messages.</summary>
    Delivered = 1,

    /// <summary><c>read</c>: the recipient says they have read them.</summary>
    Read = 2,
}

internal sealed class ReceiptArrivedCodec() : EventCodec<ReceiptArrived>(
    33, "receipt",
    new FieldTable<ReceiptArrived, (ReceiptKind? Kind, string? By, ImmutableArray<long>? Ids, DateTimeOffset? At)>(
        message => (message.Kind, message.By, message.Ids, message.At),
        values => values is ({ } kind, { } by, { } ids, { } at) ? new(kind, by, ids, at) : null)
        .Add("kind", (ref values) => ref values.Kind, new Named<ReceiptKind>(unknown: null))
        .Add("by", (ref values) => ref values.By, new Text(2))
        .Add("ids", (ref values) => ref values.Ids, new Integers64())
        .Add("at", (ref values) => ref values.At, new Time()));
