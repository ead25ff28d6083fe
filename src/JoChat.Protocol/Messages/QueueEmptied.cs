namespace JoChat.Protocol;

/// <summary>The event <c>queue_empty</c>: everything that waited at the login has been pushed. It comes once a login,
/// also if nothing waited; what is pushed behind it was sent since.</summary>
public sealed record QueueEmptied : ServerEvent;

internal sealed class QueueEmptiedCodec() : EventCodec<QueueEmptied>(37, "queue_empty")
{
    public override QueueEmptied? Read(ref JsonInput data)
    {
        while (data.NextMember()) { }
        return new QueueEmptied();
    }

    protected override void Write(QueueEmptied message, JsonOutput data) { }

    public override QueueEmptied? Read(ref BinaryInput input) => new();

    protected override void Write(QueueEmptied message, BinaryOutput output) { }
}
