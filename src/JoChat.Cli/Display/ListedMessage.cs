using JoChat.Protocol;

namespace JoChat.Cli.Display;

/// <summary>A message as the verbs list it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Recipient">Whom it is for.</param>
/// <param name="Content">The text.</param>
/// <param name="SentAt">When it was stored; null if the server does not tell.</param>
/// <param name="IsAway">Whether its recipient was not there to receive it.</param>
internal sealed record ListedMessage(
    long Id, string Sender, string Recipient, string Content, DateTimeOffset? SentAt, bool IsAway)
{
    public static ListedMessage Of(HistoryMessage message) => new(
        message.Id,
        message.Sender,
        message.Recipient,
        message.Content,
        message.SentAt,
        message.State == MessageState.Stored);

    /// <summary>A message of a list that does not tell its recipient.</summary>
    public static ListedMessage To(string recipient, InboxMessage message, bool isAway) =>
        new(message.Id, message.Sender, recipient, message.Content, SentAt: null, isAway);
}
