namespace JoChat.Protocol;

/// <summary><c>send_message</c>: store a message for someone.</summary>
/// <param name="Sender">Must name the account of this connection.</param>
/// <param name="Recipient">Whom it is for.</param>
/// <param name="Content">1 to <see cref="Limits.MaxContentBytes"/> bytes of UTF-8.</param>
/// <param name="ClientId">What the client calls the message, 1 to <see cref="Limits.MaxClientIdBytes"/> bytes of UTF-8
/// and unique per sender: sent again it stores nothing new. Null: it cannot be sent again safely.</param>
public sealed record SendMessage(string? Sender, string? Recipient, string? Content, string? ClientId = null) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.SendMessage;
}

/// <summary>The message is committed and synced.</summary>
/// <param name="As">Its id and time, if the request had a <see cref="SendMessage.ClientId"/>; else null.</param>
public sealed record MessageStored(StoredAs? As = null) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.SendMessage;
}

/// <summary>What a message is known as once it is stored.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="SentAt">When it was stored; on the wire, milliseconds since 1970-01-01 UTC.</param>
public sealed record StoredAs(long Id, DateTimeOffset SentAt);

/// <summary>Its shorter binary form is the original's.</summary>
internal sealed class SendMessageCodec() : OperationCodec<SendMessage, MessageStored>(
    Operation.SendMessage, "send_message", new SendMessageFields(), new MessageStoredFields())
{
    private static readonly ExtendedSendMessageCodec OtherForm = new();

    public override OperationCodec? Extended => OtherForm;

    public override bool NeedsExtended(Request request) => request is SendMessage { ClientId: not null };

    public override bool NeedsExtended(Response response) =>
        response is MessageStored stored ? stored.As is not null : response.IsExtended;
}

/// <summary>The longer binary form of <c>send_message</c>: with a <c>client_id</c>.</summary>
internal sealed class ExtendedSendMessageCodec() : OperationCodec<SendMessage, MessageStored>(
    Operation.SendMessage, "send_message", new ExtendedSendMessageFields(), new ExtendedMessageStoredFields())
{
    public override byte Op => 20;
}

internal class SendMessageFields : MessageFields<SendMessage>
{
    public override SendMessage Read(ref JsonInput json)
    {
        string? sender = null, recipient = null, content = null, clientId = null;
        while (json.NextMember())
        {
            if (json.Is("sender"u8)) { sender = json.TakeText(); }
            else if (json.Is("recipient"u8)) { recipient = json.TakeText(); }
            else if (json.Is("content"u8)) { content = json.TakeText(); }
            else if (json.Is("client_id"u8)) { clientId = json.TakeText(); }
        }
        return new SendMessage(sender, recipient, content, clientId);
    }

    public override void Write(SendMessage message, JsonOutput json)
    {
        json.Member("sender"u8, message.Sender);
        json.Member("recipient"u8, message.Recipient);
        json.Member("content"u8, message.Content);
        json.Member("client_id"u8, message.ClientId);
    }

    public override SendMessage Read(ref BinaryInput binary) =>
        new(binary.TakeText8(), binary.TakeText8(), binary.TakeText16());

    public override void Write(SendMessage message, BinaryOutput binary)
    {
        binary.Text8(message.Sender);
        binary.Text8(message.Recipient);
        binary.Text16(message.Content);
    }
}

internal sealed class ExtendedSendMessageFields : SendMessageFields
{
    public override SendMessage Read(ref BinaryInput binary) =>
        new(binary.TakeText16(), binary.TakeText16(), binary.TakeText16(), binary.TakeText16()) { IsExtended = true };

    public override void Write(SendMessage message, BinaryOutput binary)
    {
        binary.Text16(message.Sender);
        binary.Text16(message.Recipient);
        binary.Text16(message.Content);
        binary.Text16(message.ClientId);
    }
}

internal class MessageStoredFields : MessageFields<MessageStored>
{
    private const string Text = "Message stored.";

    public override MessageStored Read(ref JsonInput json)
    {
        long? id = null, sentAt = null;
        while (json.NextMember())
        {
            if (json.Is("id"u8)) { id = json.TakeInteger(); }
            else if (json.Is("sent_at"u8)) { sentAt = json.TakeInteger(); }
        }
        return new MessageStored(id is { } known && WireTime.Of(sentAt) is { } time ? new(known, time) : null);
    }

    public override void Write(MessageStored message, JsonOutput json)
    {
        json.Member("msg"u8, Text);
        json.Member("id"u8, message.As?.Id);
        json.Member("sent_at"u8, message.As?.SentAt.ToUnixTimeMilliseconds());
    }

    public override MessageStored Read(ref BinaryInput binary)
    {
        _ = binary.TakeText8();
        return new MessageStored();
    }

    public override void Write(MessageStored message, BinaryOutput binary) => binary.Text8(Text);
}

internal sealed class ExtendedMessageStoredFields : MessageStoredFields
{
    public override MessageStored Read(ref BinaryInput binary) =>
        new(new StoredAs(binary.TakeUInt64(), binary.TakeTime()));

    public override void Write(MessageStored message, BinaryOutput binary)
    {
        binary.UInt64(message.As?.Id ?? 0);
        binary.Time(message.As?.SentAt ?? DateTimeOffset.UnixEpoch);
    }
}
