namespace JoChat.Protocol;

/// <summary>The event <c>queue_empty</c>: everything that waited at the login has been pushed. It comes once a login,
/// also if nothing waited; what is pushed behind it was sent since.</summary>
public sealed record QueueEmptied : ServerEvent;

internal sealed class QueueEmptiedCodec()
    : EventCodec<QueueEmptied>(37, "queue_empty", new EmptyFields<QueueEmptied>());
