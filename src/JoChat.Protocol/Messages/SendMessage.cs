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
/// <param name="As">As what; told only to a request that had a <see cref="SendMessage.ClientId"/>.</param>
public sealed record MessageStored(StoredAs? As = null) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.SendMessage;
}

/// <summary>What a message is known as once it is stored.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="SentAt">When it was stored; on the wire, milliseconds since 1970-01-01 UTC.</param>
public sealed record StoredAs(long Id, DateTimeOffset SentAt);

internal class SendMessageCodec()
    : OperationCodec<SendMessage, MessageStored>(Operation.SendMessage, "send_message")
{
    private const string Text = "Message stored.";

    private static readonly ExtendedSendMessageCodec OtherForm = new();

    public override OperationCodec? Extended => OtherForm;

    public override SendMessage ReadRequest(ref JsonInput data)
    {
        string? sender = null, recipient = null, content = null, clientId = null;
        while (data.NextMember())
        {
            if (data.Is("sender"u8)) { sender = data.TakeText(); }
            else if (data.Is("recipient"u8)) { recipient = data.TakeText(); }
            else if (data.Is("content"u8)) { content = data.TakeText(); }
            else if (data.Is("client_id"u8)) { clientId = data.TakeText(); }
        }
        return new SendMessage(sender, recipient, content, clientId);
    }

    public override MessageStored? ReadResponse(ref JsonInput data)
    {
        long? id = null, sentAt = null;
        while (data.NextMember())
        {
            if (data.Is("id"u8)) { id = data.TakeInteger(); }
            else if (data.Is("sent_at"u8)) { sentAt = data.TakeInteger(); }
        }
        return new MessageStored(id is { } known && WireTime.Of(sentAt) is { } time ? new(known, time) : null);
    }

    protected override void Write(SendMessage request, JsonOutput data)
    {
        data.Member("sender"u8, request.Sender);
        data.Member("recipient"u8, request.Recipient);
        data.Member("content"u8, request.Content);
        data.Member("client_id"u8, request.ClientId);
    }

    protected override void Write(MessageStored response, JsonOutput data)
    {
        data.Member("msg"u8, Text);
        if (response.As is not { } stored) { return; }
        data.Member("id"u8, stored.Id);
        data.Member("sent_at"u8, stored.SentAt.ToUnixTimeMilliseconds());
    }

    public override SendMessage ReadRequest(ref BinaryInput input) =>
        new(input.TakeText8(), input.TakeText8(), input.TakeText16());

    public override MessageStored? ReadResponse(ref BinaryInput input)
    {
        _ = input.TakeText8();
        return new MessageStored();
    }

    public override bool NeedsExtended(Request request) => request is SendMessage { ClientId: not null };

    public override bool NeedsExtended(Response response) =>
        response is MessageStored stored ? stored.As is not null : response.IsExtended;

    protected override void Write(SendMessage request, BinaryOutput output)
    {
        output.Text8(request.Sender);
        output.Text8(request.Recipient);
        output.Text16(request.Content);
    }

    protected override void Write(MessageStored response, BinaryOutput output) => output.Text8(Text);
}
