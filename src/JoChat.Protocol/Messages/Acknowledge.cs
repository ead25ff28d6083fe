using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>ack</c>: I have received these pushed messages. It has no response; only an unreadable one is refused.
/// </summary>
/// <param name="Ids">Ids of messages, in any order. One that was not pushed on this connection is ignored.</param>
public sealed record Acknowledge(ImmutableArray<long> Ids) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Acknowledge;
}

internal sealed class AcknowledgeCodec()
    : OperationCodec<Acknowledge, Response>(Operation.Acknowledge, "ack", new AcknowledgeFields(), response: null);

internal sealed class AcknowledgeFields : MessageFields<Acknowledge>
{
    public override Acknowledge Read(ref JsonInput json)
    {
        ImmutableArray<long> ids = [];
        while (json.NextMember())
        {
            if (json.Is("ids"u8)) { ids = JsonLists.TakeIntegers(ref json); }
        }
        return new Acknowledge(ids);
    }

    public override void Write(Acknowledge message, JsonOutput json) => JsonLists.Write("ids"u8, message.Ids, json);

    public override Acknowledge Read(ref BinaryInput binary) => new(BinaryLists.TakeIntegers(ref binary));

    public override void Write(Acknowledge message, BinaryOutput binary) => BinaryLists.Write(message.Ids, binary);
}
