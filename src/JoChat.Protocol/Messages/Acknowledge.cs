using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>ack</c>: these pushed messages have come. It has no response; only an unreadable one is refused.
/// </summary>
/// <param name="Ids">Ids of messages, in any order. One that was not pushed on this connection is passed over.</param>
public sealed record Acknowledge(ImmutableArray<long> Ids) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Acknowledge;
}

internal sealed class AcknowledgeCodec() : OperationCodec<Acknowledge>(Operation.Acknowledge, "ack")
{
    public override Acknowledge ReadRequest(ref JsonInput data)
    {
        ImmutableArray<long> ids = [];
        while (data.NextMember())
        {
            if (data.Is("ids"u8)) { ids = JsonLists.TakeIntegers(ref data); }
        }
        return new Acknowledge(ids);
    }

    protected override void Write(Acknowledge request, JsonOutput data) =>
        JsonLists.Write("ids"u8, request.Ids, data);

    public override Acknowledge ReadRequest(ref BinaryInput input) => new(BinaryLists.TakeIntegers(ref input));

    protected override void Write(Acknowledge request, BinaryOutput output) => BinaryLists.Write(request.Ids, output);
}
