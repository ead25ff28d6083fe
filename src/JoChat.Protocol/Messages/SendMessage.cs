namespace JoChat.Protocol;

/// <summary><c>send_message</c>: store a message for someone.</summary>
/// <param name="Sender">Must name the account of this connection.</param>
/// <param name="Recipient">Whom it is for.</param>
/// <param name="Content">1 to <see cref="Limits.MaxContentBytes"/> bytes of UTF-8.</param>
public sealed record SendMessage(string? Sender, string? Recipient, string? Content) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.SendMessage;
}

/// <summary>The message is committed and synced.</summary>
public sealed record MessageStored : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.SendMessage;
}

internal sealed class SendMessageCodec()
    : OperationCodec<SendMessage, MessageStored>(Operation.SendMessage, "send_message")
{
    public override SendMessage ReadRequest(ref JsonInput data)
    {
        string? sender = null, recipient = null, content = null;
        while (data.NextMember())
        {
            if (data.Is("sender"u8)) { sender = data.TakeText(); }
            else if (data.Is("recipient"u8)) { recipient = data.TakeText(); }
            else if (data.Is("content"u8)) { content = data.TakeText(); }
        }
        return new SendMessage(sender, recipient, content);
    }

    public override MessageStored? ReadResponse(ref JsonInput data)
    {
        while (data.NextMember()) { }
        return new MessageStored();
    }

    protected override void Write(SendMessage request, JsonOutput data)
    {
        data.Member("sender"u8, request.Sender);
        data.Member("recipient"u8, request.Recipient);
        data.Member("content"u8, request.Content);
    }

    protected override void Write(MessageStored response, JsonOutput data) => data.Member("msg"u8, "Message stored.");
}
