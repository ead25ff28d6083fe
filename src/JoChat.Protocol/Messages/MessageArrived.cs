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

internal sealed class MessageArrivedCodec() : EventCodec<MessageArrived>(32, "message")
{
    public override MessageArrived? Read(ref JsonInput data)
    {
        long? id = null, sentAt = null;
        string? sender = null, recipient = null, content = null;
        bool? away = null;
        while (data.NextMember())
        {
            if (data.Is("id"u8)) { id = data.TakeInteger(); }
            else if (data.Is("sender"u8)) { sender = data.TakeText(); }
            else if (data.Is("recipient"u8)) { recipient = data.TakeText(); }
            else if (data.Is("content"u8)) { content = data.TakeText(); }
            else if (data.Is("sent_at"u8)) { sentAt = data.TakeInteger(); }
            else if (data.Is("away"u8)) { away = data.TakeFlag(); }
        }
        if (id is null || sender is null || recipient is null || content is null || away is null) { return null; }
        return WireTime.Of(sentAt) is { } time
            ? new(id.Value, sender, recipient, content, time, away.Value)
            : null;
    }

    protected override void Write(MessageArrived message, JsonOutput data)
    {
        data.Member("id"u8, message.Id);
        data.Member("sender"u8, message.Sender);
        data.Member("recipient"u8, message.Recipient);
        data.Member("content"u8, message.Content);
        data.Member("sent_at"u8, message.SentAt.ToUnixTimeMilliseconds());
        data.Member("away"u8, message.Away);
    }

    public override MessageArrived? Read(ref BinaryInput input) => new(
        input.TakeUInt64(), input.TakeText16(), input.TakeText16(), input.TakeText16(), input.TakeTime(),
        input.TakeFlag());

    protected override void Write(MessageArrived message, BinaryOutput output)
    {
        output.UInt64(message.Id);
        output.Text16(message.Sender);
        output.Text16(message.Recipient);
        output.Text16(message.Content);
        output.Time(message.SentAt);
        output.Flag(message.Away);
    }
}
