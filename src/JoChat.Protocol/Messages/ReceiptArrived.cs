using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary>The event <c>receipt</c>: messages of mine have been received or read.</summary>
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
    /// <summary><c>delivered</c>: the messages have been received.</summary>
    Delivered = 1,

    /// <summary><c>read</c>: the recipient says they have read them.</summary>
    Read = 2,
}

internal sealed class ReceiptArrivedCodec() : EventCodec<ReceiptArrived>(33, "receipt")
{
    public override ReceiptArrived? Read(ref JsonInput data)
    {
        string? kind = null, by = null;
        ImmutableArray<long>? ids = null;
        long? at = null;
        while (data.NextMember())
        {
            if (data.Is("kind"u8)) { kind = data.TakeText(); }
            else if (data.Is("by"u8)) { by = data.TakeText(); }
            else if (data.Is("ids"u8)) { ids = JsonLists.TakeIntegers(ref data); }
            else if (data.Is("at"u8)) { at = data.TakeInteger(); }
        }
        if (by is null || ids is null || WireTime.Of(at) is not { } time) { return null; }
        return WireNames<ReceiptKind>.Parse(kind) is { } known ? new(known, by, ids.Value, time) : null;
    }

    protected override void Write(ReceiptArrived message, JsonOutput data)
    {
        data.Member("kind"u8, WireNames<ReceiptKind>.Of(message.Kind));
        data.Member("by"u8, message.By);
        JsonLists.Write("ids"u8, message.Ids, data);
        data.Member("at"u8, message.At.ToUnixTimeMilliseconds());
    }

    public override ReceiptArrived? Read(ref BinaryInput input)
    {
        var (kind, by) = ((ReceiptKind)input.TakeByte(), input.TakeText16());
        var message = new ReceiptArrived(kind, by, BinaryLists.TakeIntegers(ref input), input.TakeTime());
        return Enum.IsDefined(kind) ? message : null;
    }

    protected override void Write(ReceiptArrived message, BinaryOutput output)
    {
        output.Byte((long)message.Kind);
        output.Text16(message.By);
        BinaryLists.Write(message.Ids, output);
        output.Time(message.At);
    }
}
