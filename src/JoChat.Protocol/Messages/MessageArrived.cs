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
