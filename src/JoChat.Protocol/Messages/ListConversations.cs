using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>conversations</c>: the people I talked with, the newest activity first.</summary>
/// <param name="Before">The id of the last message of the last conversation seen: what follows it is wanted. Null: from
/// the newest.</param>
/// <param name="Count">Most conversations wanted, capped at <see cref="Limits.MaxListedConversations"/>.</param>
public sealed record ListConversations(long? Before, int Count = ListConversations.DefaultCount) : Request
{
    /// <summary>The count when the client names none.</summary>
    public const int DefaultCount = 20;

    /// <inheritdoc/>
    public override Operation Operation => Operation.ListConversations;
}

/// <summary>One page of conversations, the newest activity first.</summary>
/// <param name="Conversations">The conversations.</param>
public sealed record ConversationList(ImmutableArray<Conversation> Conversations) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ListConversations;
}

/// <summary>What one person and I wrote to each other, in short.</summary>
/// <param name="With">The other person.</param>
/// <param name="UnreadCount">How many of their messages I have not marked as read.</param>
/// <param name="LastMessage">The newest message of either; null if all are deleted.</param>
public readonly record struct Conversation(string With, long UnreadCount, HistoryMessage? LastMessage);

internal sealed class ListConversationsCodec() : OperationCodec<ListConversations, ConversationList>(
    Operation.ListConversations, "conversations",
    new FieldTable<ListConversations, (long? Before, long? Count)>(
        request => (request.Before, request.Count),
        values => new(values.Before, Integers.Cap(values.Count ?? ListConversations.DefaultCount)))
        .Add("before", (ref values) => ref values.Before, new Integer(8, isOptional: true))
        .Add("count", (ref values) => ref values.Count, new Integer(2, isCapped: true)),
    new FieldTable<ConversationList, ImmutableArray<Conversation>?>(
        response => response.Conversations, conversations => conversations is { } listed ? new(listed) : null)
        .Add("conversations", (ref conversations) => ref conversations,
            new ObjectList<Conversation>(ConversationFields, countBytes: 2, MinBytes)))
{
    private const int MinBytes = sizeof(ushort) + sizeof(ulong) + sizeof(byte);

    private static readonly MessageFields<Conversation?> ConversationFields =
        new FieldTable<Conversation?, (string? With, long? Unread, HistoryMessage? Last)>(
            conversation => (conversation?.With, conversation?.UnreadCount, conversation?.LastMessage),
            values => values is ({ } with, { } unread, var last) ? new Conversation(with, unread, last) : null)
            .Add("with", (ref values) => ref values.With, new Text(2))
            .Add("unread_count", (ref values) => ref values.Unread, new Integer(8))
            .Add("last_message", (ref values) => ref values.Last,
                new OptionalObject<HistoryMessage>(HistoryMessageFields.All));
}
