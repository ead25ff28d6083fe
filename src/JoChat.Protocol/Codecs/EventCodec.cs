using System.Text;

namespace JoChat.Protocol;

/// <summary>How one event stands on the wire.</summary>
internal abstract class EventCodec(byte op, string messageType, Type eventType)
{
    private readonly byte[] _utf8MessageType = Encoding.UTF8.GetBytes(messageType);

    /// <summary>The <c>msg_type</c>. An operation may have the same: its responses have a status, an event has none.
    /// </summary>
    public ReadOnlySpan<byte> MessageType => _utf8MessageType;

    /// <summary>The <c>op</c> byte of the binary encoding; no operation has the same.</summary>
    public byte Op { get; } = op;

    /// <summary>The class of the event.</summary>
    public Type EventType { get; } = eventType;

    /// <summary>Reads the members of an event's <c>data</c>; null if a needed one is missing.</summary>
    public abstract ServerEvent? Read(ref JsonInput data);

    public abstract void Write(ServerEvent message, JsonOutput data);
}

/// <inheritdoc cref="EventCodec"/>
internal abstract class EventCodec<TEvent>(byte op, string messageType) : EventCodec(op, messageType, typeof(TEvent))
    where TEvent : ServerEvent
{
    public sealed override void Write(ServerEvent message, JsonOutput data) => Write((TEvent)message, data);

    public abstract override TEvent? Read(ref JsonInput data);

    protected abstract void Write(TEvent message, JsonOutput data);
}
