namespace JoChat.Protocol;

/// <summary>The event <c>queue_empty</c>: every message that was undelivered at login has been pushed. It comes
/// once per login, even if there was none; messages pushed after it were sent since.</summary>
public sealed record QueueEmptied : ServerEvent;

internal sealed class QueueEmptiedCodec()
    : EventCodec<QueueEmptied>(37, "queue_empty", new EmptyFields<QueueEmptied>());
