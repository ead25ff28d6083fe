namespace JoChat.Protocol;

/// <summary>The event <c>message</c>: a message for this connection's account.</summary>
/// <param name="Id">The message's id. Ids ascend; one seen twice is the same message and is to be dropped.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Recipient">Whom it is for: the account of this connection.</param>
/// <param name="Content">The text.</param>
/// <param name="SentAt">When it was stored; on the wire, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Away">Whether it was sent while the recipient was away.</param>
public sealed record MessageArrived(
    long Id, string Sender, string Recipient, string Content, DateTimeOffset SentAt, bool Away) : ServerEvent;

internal sealed class MessageArrivedCodec()
    : EventCodec<MessageArrived>(32, "message", new MessageArrivedFields());

internal sealed class MessageArrivedFields : MessageFields<MessageArrived>
{
    public override MessageArrived? Read(ref JsonInput json)
    {
        long? id = null, sentAt = null;
        string? sender = null, recipient = null, content = null;
        bool? away = null;
        while (json.NextMember())
        {
            if (json.Is("id"u8)) { id = json.TakeInteger(); }
            else if (json.Is("sender"u8)) { sender = json.TakeText(); }
            else if (json.Is("recipient"u8)) { recipient = json.TakeText(); }
            else if (json.Is("content"u8)) { content = json.TakeText(); }
            else if (json.Is("sent_at"u8)) { sentAt = json.TakeInteger(); }
            else if (json.Is("away"u8)) { away = json.TakeFlag(); }
        }
        if (id is null || sender is null || recipient is null || content is null || away is null) { return null; }
        return WireTime.Of(sentAt) is { } time
            ? new(id.Value, sender, recipient, content, time, away.Value)
            : null;
    }

    public override void Write(MessageArrived message, JsonOutput json)
    {
        json.Member("id"u8, message.Id);
        json.Member("sender"u8, message.Sender);
        json.Member("recipient"u8, message.Recipient);
        json.Member("content"u8, message.Content);
        json.Member("sent_at"u8, message.SentAt.ToUnixTimeMilliseconds());
        json.Member("away"u8, message.Away);
    }

    public override MessageArrived? Read(ref BinaryInput binary) => new(
        binary.TakeUInt64(), binary.TakeText16(), binary.TakeText16(), binary.TakeText16(), binary.TakeTime(),
        binary.TakeFlag());

    public override void Write(MessageArrived message, BinaryOutput binary)
    {
        binary.UInt64(message.Id);
        binary.Text16(message.Sender);
        binary.Text16(message.Recipient);
        binary.Text16(message.Content);
        binary.Time(message.SentAt);
        binary.Flag(message.Away);
    }
}
