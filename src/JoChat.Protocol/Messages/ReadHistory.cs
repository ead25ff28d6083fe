using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>history</c>: what someone and I wrote to each other, page by page into the past.</summary>
/// <param name="With">The other person; null or empty is refused.</param>
/// <param name="Before">Only messages with a smaller id are wanted. Null: from the newest.</param>
/// <param name="Count">Most messages wanted, capped at <see cref="Limits.MaxHistoryMessages"/>.</param>
public sealed record ReadHistory(string? With, long? Before, int Count = ReadHistory.DefaultCount) : Request
{
    /// <summary>The count when the client names none.</summary>
    public const int DefaultCount = 50;

    /// <inheritdoc/>
    public override Operation Operation => Operation.ReadHistory;
}

/// <summary>The newest messages below <see cref="ReadHistory.Before"/>, ascending by id; fewer than asked for if not
/// all fit (<see cref="Limits.MaxListedBytes"/>). None: there are no older ones.</summary>
/// <param name="Messages">The messages.</param>
public sealed record History(ImmutableArray<HistoryMessage> Messages) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ReadHistory;
}

internal sealed class ReadHistoryCodec() : OperationCodec<ReadHistory, History>(
    Operation.ReadHistory, "history",
    new FieldTable<ReadHistory, (string? With, long? Before, long? Count)>(
        request => (request.With, request.Before, request.Count),
        values => new(values.With, values.Before, Integers.Cap(values.Count ?? ReadHistory.DefaultCount)))
        .Add("with", (ref values) => ref values.With, new Text(2))
        .Add("before", (ref values) => ref values.Before, new Integer(8, isOptional: true))
        .Add("count", (ref values) => ref values.Count, new Integer(2, isCapped: true)),
    new FieldTable<History, ImmutableArray<HistoryMessage>?>(
        response => response.Messages, messages => messages is { } read ? new(read) : null)
        .Add("messages", (ref messages) => ref messages, new ObjectList<HistoryMessage>(
            HistoryMessageFields.All, countBytes: 2, HistoryMessageFields.MinBytes, keepsLast: true)));
