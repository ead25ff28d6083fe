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
        new ReadInboxCodec(),
        new MarkDeliveredCodec(),
        new PingCodec(),
        new HelloCodec(),
        new ResumeCodec(),
        new ChangePasswordCodec(),
        new ListLoginsCodec(),
        new RevokeLoginCodec(),
        new BlockCodec(),
        new UnblockCodec(),
        new ListBlockedCodec(),
        new DeleteFromCodec(),
    ];

    public static readonly ImmutableArray<EventCodec> Events =
    [
        new MessageArrivedCodec(), // the most frequent first, as above
        new ReceiptArrivedCodec(),
        new TypingArrivedCodec(),
        new PresenceChangedCodec(),
        new QueueEmptiedCodec(),
        new InboxGrewCodec(),
        new SessionClosedCodec(),
        new AccountGoneCodec(),
    ];

    private static readonly ImmutableArray<OperationCodec?> ByOp = IndexOperations();

    private static readonly ImmutableArray<EventCodec?> EventsByOp = IndexEvents();

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
    public static OperationCodec? Of(Operation operation) => ByOp[(byte)operation];

    /// <summary>The binary form of an operation with this op, or null.</summary>
    public static OperationCodec? FindOperation(byte op) => ByOp[op];

    /// <summary>The event with this op, or null.</summary>
    public static EventCodec? FindEvent(byte op) => EventsByOp[op];

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
        var index = new OperationCodec?[byte.MaxValue + 1];
        foreach (var codec in Operations)
        {
            index[codec.Op] = codec;
            if (codec.Extended is { } extended) { index[extended.Op] = extended; }
        }
        return [.. index];
    }

    private static ImmutableArray<EventCodec?> IndexEvents()
    {
        var index = new EventCodec?[byte.MaxValue + 1];
        foreach (var codec in Events) { index[codec.Op] = codec; }
        return [.. index];
    }
}
