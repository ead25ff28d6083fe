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

internal sealed class ListConversationsCodec()
    : OperationCodec<ListConversations, ConversationList>(Operation.ListConversations, "conversations")
{
    private const int MinBytes = sizeof(ushort) + sizeof(ulong) + sizeof(byte);

    public override ListConversations ReadRequest(ref JsonInput data)
    {
        long? before = null, count = null;
        while (data.NextMember())
        {
            if (data.Is("before"u8)) { before = data.TakeInteger(); }
            else if (data.Is("count"u8)) { count = data.TakeInteger(); }
        }
        return new ListConversations(before, Integers.Cap(count ?? ListConversations.DefaultCount));
    }

    public override ConversationList? ReadResponse(ref JsonInput data)
    {
        ImmutableArray<Conversation>? conversations = null;
        while (data.NextMember())
        {
            if (data.Is("conversations"u8)) { conversations = JsonLists.TakeAll<Conversation>(ref data, TakeOne); }
        }
        return conversations is { } listed ? new ConversationList(listed) : null;
    }

    protected override void Write(ListConversations request, JsonOutput data)
    {
        if (request.Before is { } before) { data.Member("before"u8, before); }
        data.Member("count"u8, request.Count);
    }

    protected override void Write(ConversationList response, JsonOutput data)
    {
        data.Name("conversations"u8);
        data.BeginArray();
        foreach (var conversation in response.Conversations) { Write(conversation, data); }
        data.EndArray();
    }

    private static void Write(in Conversation conversation, JsonOutput data)
    {
        data.BeginObject();
        data.Member("with"u8, conversation.With);
        data.Member("unread_count"u8, conversation.UnreadCount);
        if (conversation.LastMessage is { } last)
        {
            data.Name("last_message"u8);
            HistoryMessageCodec.Write(last, data);
        }
        data.EndObject();
    }

    private static Conversation? TakeOne(ref JsonInput data)
    {
        if (!data.TryEnterObject()) { return null; }
        string? with = null;
        long? unread = null;
        HistoryMessage? last = null;
        while (data.NextMember())
        {
            if (data.Is("with"u8)) { _ = data.TryTakeText(out with); }
            else if (data.Is("unread_count"u8)) { _ = data.TryTakeInteger(out unread); }
            else if (data.Is("last_message"u8)) { last = HistoryMessageCodec.Take(ref data); }
        }
        return with is not null && unread is { } count ? new Conversation(with, count, last) : null;
    }

    public override ListConversations ReadRequest(ref BinaryInput input) =>
        new(input.TakeOptional(), input.TakeUInt16());

    public override ConversationList? ReadResponse(ref BinaryInput input) => new(
        BinaryLists.Take(ref input, input.TakeUInt16(), MinBytes, Take));

    protected override void Write(ListConversations request, BinaryOutput output)
    {
        output.Optional(request.Before);
        output.UInt16(Math.Min(request.Count, ushort.MaxValue));
    }

    protected override void Write(ConversationList response, BinaryOutput output)
    {
        var conversations = response.Conversations.AsSpan();
        var newest = conversations[..Math.Min(conversations.Length, ushort.MaxValue)];
        output.UInt16(newest.Length);
        foreach (var conversation in newest)
        {
            output.Text16(conversation.With);
            output.UInt64(conversation.UnreadCount);
            output.Flag(conversation.LastMessage is not null);
            if (conversation.LastMessage is { } last) { HistoryMessageCodec.Write(last, output); }
        }
    }

    private static Conversation Take(ref BinaryInput input) => new(
        input.TakeText16(), input.TakeUInt64(), input.TakeFlag() ? HistoryMessageCodec.Take(ref input) : null);
}
