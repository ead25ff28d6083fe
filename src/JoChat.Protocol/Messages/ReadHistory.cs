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

internal sealed class ReadHistoryCodec() : OperationCodec<ReadHistory, History>(Operation.ReadHistory, "history")
{
    public override ReadHistory ReadRequest(ref JsonInput data)
    {
        string? with = null;
        long? before = null, count = null;
        while (data.NextMember())
        {
            if (data.Is("with"u8)) { with = data.TakeText(); }
            else if (data.Is("before"u8)) { before = data.TakeInteger(); }
            else if (data.Is("count"u8)) { count = data.TakeInteger(); }
        }
        return new ReadHistory(with, before, Integers.Cap(count ?? ReadHistory.DefaultCount));
    }

    public override History? ReadResponse(ref JsonInput data)
    {
        ImmutableArray<HistoryMessage>? messages = null;
        while (data.NextMember())
        {
            if (data.Is("messages"u8))
            {
                messages = JsonLists.TakeAll<HistoryMessage>(ref data, HistoryMessageCodec.Take);
            }
        }
        return messages is { } read ? new History(read) : null;
    }

    protected override void Write(ReadHistory request, JsonOutput data)
    {
        data.Member("with"u8, request.With);
        if (request.Before is { } before) { data.Member("before"u8, before); }
        data.Member("count"u8, request.Count);
    }

    protected override void Write(History response, JsonOutput data)
    {
        data.Name("messages"u8);
        data.BeginArray();
        foreach (var message in response.Messages) { HistoryMessageCodec.Write(message, data); }
        data.EndArray();
    }

    public override ReadHistory ReadRequest(ref BinaryInput input) =>
        new(input.TakeText16(), input.TakeOptional(), input.TakeUInt16());

    public override History? ReadResponse(ref BinaryInput input) => new(BinaryLists.Take(
        ref input, input.TakeUInt16(), HistoryMessageCodec.MinBytes, HistoryMessageCodec.Take));

    protected override void Write(ReadHistory request, BinaryOutput output)
    {
        output.Text16(request.With);
        output.Optional(request.Before);
        output.UInt16(Math.Min(request.Count, ushort.MaxValue));
    }

    protected override void Write(History response, BinaryOutput output)
    {
        var messages = response.Messages.AsSpan();
        var newest = messages[^Math.Min(messages.Length, ushort.MaxValue)..];
        output.UInt16(newest.Length);
        foreach (var message in newest) { HistoryMessageCodec.Write(message, output); }
    }
}
