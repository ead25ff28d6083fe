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
