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

    /// <summary><c>delivered</c>: its recipient's client has received it.</summary>
    Delivered = 1,

    /// <summary><c>read</c>: its recipient has said so.</summary>
    Read = 2,
}

internal static class HistoryMessageFields
{
    /// <summary>What the shortest takes in binary.</summary>
    public const int MinBytes = sizeof(ulong) + (3 * sizeof(ushort)) + sizeof(ulong) + sizeof(byte);

    public static readonly MessageFields<HistoryMessage?> All =
        new FieldTable<HistoryMessage?, (long? Id, string? Sender, string? Recipient, string? Content,
            DateTimeOffset? SentAt, MessageState? State)>(
            message => (message?.Id, message?.Sender, message?.Recipient, message?.Content, message?.SentAt,
                message?.State),
            values => values is ({ } id, { } sender, { } recipient, { } content, { } sentAt, { } state)
                ? new HistoryMessage(id, sender, recipient, content, sentAt, state)
                : null)
            .Add("id", (ref values) => ref values.Id, new Integer(8))
            .Add("sender", (ref values) => ref values.Sender, new Text(2))
            .Add("recipient", (ref values) => ref values.Recipient, new Text(2))
            .Add("content", (ref values) => ref values.Content, new Text(2))
            .Add("sent_at", (ref values) => ref values.SentAt, new Time())
            .Add("state", (ref values) => ref values.State, new Named<MessageState>(unknown: MessageState.Stored));
}
