using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>inbox</c>: what others sent me, page by page. Nothing counts as delivered by reading it.</summary>
/// <param name="After">Only messages with a greater id are wanted, the oldest first. Null: the newest are
/// wanted.</param>
/// <param name="Before">Only messages with a smaller id are wanted. Null: whatever their id.</param>
/// <param name="Count">Most messages wanted, capped at <see cref="Limits.MaxInboxMessages"/>.</param>
/// <param name="UndeliveredOnly">Whether only undelivered messages are wanted.</param>
public sealed record ReadInbox(
    long? After, long? Before = null, int Count = ReadInbox.DefaultCount, bool UndeliveredOnly = false) : Request
{
    /// <summary>The count when the client names none.</summary>
    public const int DefaultCount = 50;

    /// <inheritdoc/>
    public override Operation Operation => Operation.ReadInbox;
}

/// <summary>One page of the inbox, ascending by id: the oldest messages above <see cref="ReadInbox.After"/>, or without
/// it the newest; fewer than asked for if not all fit (<see cref="Limits.MaxListedBytes"/>). None: there are no more.
/// </summary>
/// <param name="Messages">The messages.</param>
public sealed record InboxRead(ImmutableArray<HistoryMessage> Messages) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ReadInbox;
}

internal sealed class ReadInboxCodec() : OperationCodec<ReadInbox, InboxRead>(
    Operation.ReadInbox, "inbox",
    new FieldTable<ReadInbox, (long? After, long? Before, long? Count, bool? UndeliveredOnly)>(
        request => (request.After, request.Before, request.Count, request.UndeliveredOnly ? true : null),
        values => new(values.After, values.Before, Integers.Cap(values.Count ?? ReadInbox.DefaultCount),
            values.UndeliveredOnly ?? false))
        .Add("after", (ref values) => ref values.After, new FlaggedInteger())
        .Add("before", (ref values) => ref values.Before, new Integer(8, isOptional: true))
        .Add("count", (ref values) => ref values.Count, new Integer(2, isCapped: true))
        .Add("undelivered", (ref values) => ref values.UndeliveredOnly, new Flag()),
    new FieldTable<InboxRead, ImmutableArray<HistoryMessage>?>(
        response => response.Messages, messages => messages is { } read ? new(read) : null)
        .Add("messages", (ref messages) => ref messages, new ObjectList<HistoryMessage>(
            HistoryMessageFields.All, countBytes: 2, HistoryMessageFields.MinBytes)))
{
    /// <summary>An integer of 64 bits behind a flag: above 0, which is before all, is not the same as none.</summary>
    private readonly struct FlaggedInteger : IFieldType<long?>
    {
        public long? Read(ref JsonInput json) => json.TakeInteger();

        public void Write(long? value, ReadOnlySpan<byte> name, JsonOutput json) => json.Member(name, value);

        public long? Read(ref BinaryInput binary) => binary.TakeFlag() ? binary.TakeUInt64() : null;

        public void Write(long? value, BinaryOutput binary)
        {
            binary.Flag(value is not null);
            if (value is { } integer) { binary.UInt64(integer); }
        }
    }
}
