using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary>The one registry of what the protocol has: every operation and every event.</summary>
internal static class Codecs
{
    public static readonly ImmutableArray<OperationCodec> Operations =
    [
        new SendMessageCodec(), // the most frequent first: the names are searched in this order
        new FetchAwayCodec(),
        new CountUnreadCodec(),
        new ListDeliveredCodec(),
        new LogInCodec(),
        new LogOutCodec(),
        new SignUpCodec(),
        new ListAccountsCodec(),
        new DeleteMessagesCodec(),
        new DeleteAccountCodec(),
        new ResetDatabaseCodec(),
        new AcknowledgeCodec(),
        new TypingCodec(),
        new MarkReadCodec(),
        new ReadHistoryCodec(),
        new ListConversationsCodec(),
        new AskPresenceCodec(),
        new PingCodec(),
        new HelloCodec(),
        new ResumeCodec(),
        new ChangePasswordCodec(),
    ];

    public static readonly ImmutableArray<EventCodec> Events =
    [
        new MessageArrivedCodec(), // the most frequent first, as above
        new ReceiptArrivedCodec(),
        new TypingArrivedCodec(),
        new PresenceChangedCodec(),
        new QueueEmptiedCodec(),
        new SessionClosedCodec(),
    ];

    private static readonly ImmutableArray<OperationCodec?> ByOperation = IndexOperations();

    /// <summary>The operation with this <c>msg_type</c>, or null.</summary>
    public static OperationCodec? FindOperation(ReadOnlySpan<byte> messageType)
    {
        foreach (var codec in Operations)
        {
            if (codec.MessageType.SequenceEqual(messageType)) { return codec; }
        }
        return null;
    }

    /// <summary>The event with this <c>msg_type</c>, or null.</summary>
    public static EventCodec? FindEvent(ReadOnlySpan<byte> messageType)
    {
        foreach (var codec in Events)
        {
            if (codec.MessageType.SequenceEqual(messageType)) { return codec; }
        }
        return null;
    }

    /// <summary>How the operation stands on the wire; null for <see cref="Operation.Unknown"/>.</summary>
    public static OperationCodec? Of(Operation operation) =>
        (int)operation < ByOperation.Length ? ByOperation[(int)operation] : null;

    /// <summary>How the event stands on the wire.</summary>
    public static EventCodec Of(ServerEvent message)
    {
        foreach (var codec in Events)
        {
            if (codec.EventType == message.GetType()) { return codec; }
        }
        throw new ArgumentException($"No codec knows the event {message.GetType().Name}.", nameof(message));
    }

    private static ImmutableArray<OperationCodec?> IndexOperations()
    {
        var index = new OperationCodec?[Operations.Max(codec => (int)codec.Operation) + 1];
        foreach (var codec in Operations) { index[(int)codec.Operation] = codec; }
        return [.. index];
    }
}
