using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary>A list of messages as the original has it. In JSON it stands in <c>msg</c>, where other responses have a
/// text.</summary>
internal static class InboxList
{
    private const int MinBytes = sizeof(uint) + sizeof(byte) + sizeof(ushort);

    /// <summary>Reads the members of <c>data</c>; null unless there is a list and all its messages are whole.</summary>
    public static ImmutableArray<InboxMessage>? Read(ref JsonInput data)
    {
        ImmutableArray<InboxMessage>? messages = null;
        while (data.NextMember())
        {
            if (data.Is("msg"u8)) { messages = JsonLists.TakeAll<InboxMessage>(ref data, TakeMessage); }
        }
        return messages;
    }

    /// <param name="messages">The messages.</param>
    /// <param name="areDelivered">Whether each is marked <c>to_deliver</c>: 1.</param>
    /// <param name="data">Where the list goes.</param>
    public static void Write(ImmutableArray<InboxMessage> messages, bool areDelivered, JsonOutput data)
    {
        data.Name("msg"u8);
        data.BeginArray();
        foreach (var message in messages)
        {
            data.BeginObject();
            data.Member("id"u8, message.Id);
            data.Member("sender"u8, message.Sender);
            data.Member("content"u8, message.Content);
            if (areDelivered) { data.Member("to_deliver"u8, 1); }
            data.EndObject();
        }
        data.EndArray();
    }

    /// <summary>Takes the messages behind their count.</summary>
    public static ImmutableArray<InboxMessage> Take(ref BinaryInput input, int count) =>
        BinaryLists.Take(ref input, count, MinBytes, static (ref rest) =>
            new InboxMessage(rest.TakeUInt32(), rest.TakeText8(), rest.TakeText16()));

    /// <summary>Writes the messages behind their count.</summary>
    public static void Write(ReadOnlySpan<InboxMessage> messages, BinaryOutput output)
    {
        foreach (var message in messages)
        {
            output.UInt32(message.Id);
            output.Text8(message.Sender);
            output.Text16(message.Content);
        }
    }

    private static InboxMessage? TakeMessage(ref JsonInput data)
    {
        if (!data.TryEnterObject()) { return null; }
        long? id = null;
        string? sender = null, content = null;
        while (data.NextMember())
        {
            if (data.Is("id"u8)) { _ = data.TryTakeInteger(out id); }
            else if (data.Is("sender"u8)) { _ = data.TryTakeText(out sender); }
            else if (data.Is("content"u8)) { _ = data.TryTakeText(out content); }
        }
        return id is { } known && sender is not null && content is not null
            ? new InboxMessage(known, sender, content)
            : null;
    }
}
