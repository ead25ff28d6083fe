using System.Text;

namespace JoChat.Protocol;

/// <summary>How one event stands on the wire.</summary>
internal abstract class EventCodec(byte op, string messageType, Type eventType)
{
    private readonly byte[] _utf8MessageType = Encoding.UTF8.GetBytes(messageType);

    /// <summary>The <c>msg_type</c>. An operation may have the same: its responses have a status, an event has none.
    /// </summary>
    public ReadOnlySpan<byte> MessageType => _utf8MessageType;

    /// <summary>The <c>op</c> byte of the binary encoding. An operation may have the same: the kind tells them apart.
    /// </summary>
    public byte Op { get; } = op;

    /// <summary>The class of the event.</summary>
    public Type EventType { get; } = eventType;

    /// <summary>Reads the members of an event's <c>data</c>; null if a needed one is missing.</summary>
    public abstract ServerEvent? Read(ref JsonInput data);

    public abstract void Write(ServerEvent message, JsonOutput data);

    /// <summary>Reads the fields of a binary event; null if it means nothing to this version. The result counts only if
    /// the input has no fault and is not short.</summary>
    public abstract ServerEvent? Read(ref BinaryInput input);

    public abstract void Write(ServerEvent message, BinaryOutput output);
}

/// <inheritdoc cref="EventCodec"/>
internal abstract class EventCodec<T>(byte op, string messageType, MessageFields<T> fields)
    : EventCodec(op, messageType, typeof(T))
    where T : ServerEvent
{
    public sealed override ServerEvent? Read(ref JsonInput data) => fields.Read(ref data);

    public sealed override void Write(ServerEvent message, JsonOutput data) => fields.Write((T)message, data);

    public sealed override ServerEvent? Read(ref BinaryInput input) => fields.Read(ref input);

    public sealed override void Write(ServerEvent message, BinaryOutput output) => fields.Write((T)message, output);
}
