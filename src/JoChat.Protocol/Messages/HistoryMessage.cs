namespace JoChat.Protocol;

/// <summary>A message as either of its two people sees it.</summary>
/// <param name="Id">The message's id; ascends in the order of storing.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Recipient">Whom it is for.</param>
/// <param name="Content">The text.</param>
/// <param name="SentAt">When it was stored; on the wire, milliseconds since 1970-01-01 UTC.</param>
/// <param name="State">How far it has come.</param>
public readonly record struct HistoryMessage(
    long Id, string Sender, string Recipient, string Content, DateTimeOffset SentAt, MessageState State);

/// <summary>How far a message has come.</summary>
public enum MessageState
{
    /// <summary><c>stored</c>: it is durable; its recipient does not have it yet. Also what a newer server says that
    /// this version does not know.</summary>
    Stored = 0,

    /// <summary><c>delivered</c>: its recipient has received it.</summary>
    Delivered = 1,

    /// <summary><c>read</c>: its recipient has said so.</summary>
    Read = 2,
}

/// <summary>Such messages on the wire.</summary>
internal static class HistoryMessageCodec
{
    /// <summary>What the shortest takes in binary.</summary>
    public const int MinBytes = sizeof(ulong) + (3 * sizeof(ushort)) + sizeof(ulong) + sizeof(byte);

    /// <summary>Takes one; null if it is not whole.</summary>
    public static HistoryMessage? Take(ref JsonInput data)
    {
        if (!data.TryEnterObject()) { return null; }
        long? id = null, sentAt = null;
        string? sender = null, recipient = null, content = null, state = null;
        while (data.NextMember())
        {
            if (data.Is("id"u8)) { _ = data.TryTakeInteger(out id); }
            else if (data.Is("sender"u8)) { _ = data.TryTakeText(out sender); }
            else if (data.Is("recipient"u8)) { _ = data.TryTakeText(out recipient); }
            else if (data.Is("content"u8)) { _ = data.TryTakeText(out content); }
            else if (data.Is("sent_at"u8)) { _ = data.TryTakeInteger(out sentAt); }
            else if (data.Is("state"u8)) { _ = data.TryTakeText(out state); }
        }
        if (id is null || sender is null || recipient is null || content is null || state is null) { return null; }
        return WireTime.Of(sentAt) is { } time
            ? new(id.Value, sender, recipient, content, time, WireNames<MessageState>.Parse(state) ?? default)
            : null;
    }

    public static void Write(in HistoryMessage message, JsonOutput data)
    {
        data.BeginObject();
        data.Member("id"u8, message.Id);
        data.Member("sender"u8, message.Sender);
        data.Member("recipient"u8, message.Recipient);
        data.Member("content"u8, message.Content);
        data.Member("sent_at"u8, message.SentAt.ToUnixTimeMilliseconds());
        data.Member("state"u8, WireNames<MessageState>.Of(message.State));
        data.EndObject();
    }

    public static HistoryMessage Take(ref BinaryInput input) => new(
        input.TakeUInt64(), input.TakeText16(), input.TakeText16(), input.TakeText16(), input.TakeTime(),
        TakeState(ref input));

    public static void Write(in HistoryMessage message, BinaryOutput output)
    {
        output.UInt64(message.Id);
        output.Text16(message.Sender);
        output.Text16(message.Recipient);
        output.Text16(message.Content);
        output.Time(message.SentAt);
        output.Byte((long)message.State);
    }

    private static MessageState TakeState(ref BinaryInput input) =>
        (MessageState)input.TakeByte() is var state && Enum.IsDefined(state) ? state : default;
}
