using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>fetch_away_msgs</c>: hand over the oldest messages sent while I was away. They count as delivered from
/// then on.</summary>
/// <param name="Limit">Most messages wanted; negative is refused.</param>
public sealed record FetchAway(long Limit) : Request
{
    /// <summary>The limit when the client names none.</summary>
    public const int DefaultLimit = 10;

    /// <inheritdoc/>
    public override Operation Operation => Operation.FetchAway;
}

/// <summary>The oldest away messages, ascending by id; fewer than asked for if not all fit
/// (<see cref="Limits.MaxListedBytes"/>).</summary>
/// <param name="Messages">The messages.</param>
public sealed record AwayFetched(ImmutableArray<InboxMessage> Messages) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.FetchAway;
}

internal sealed class FetchAwayCodec() : OperationCodec<FetchAway, AwayFetched>(Operation.FetchAway, "fetch_away_msgs")
{
    public override FetchAway ReadRequest(ref JsonInput data)
    {
        long? limit = null, alias = null;
        while (data.NextMember())
        {
            if (data.Is("limit"u8)) { limit = data.TakeInteger(); }
            else if (data.Is("num_messages"u8)) { alias = data.TakeInteger(); }
        }
        return new FetchAway(limit ?? alias ?? FetchAway.DefaultLimit);
    }

    public override AwayFetched? ReadResponse(ref JsonInput data) =>
        InboxList.Read(ref data) is { } messages ? new AwayFetched(messages) : null;

    protected override void Write(FetchAway request, JsonOutput data) => data.Member("limit"u8, request.Limit);

    protected override void Write(AwayFetched response, JsonOutput data) =>
        InboxList.Write(response.Messages, areDelivered: false, data);

    public override FetchAway ReadRequest(ref BinaryInput input) => new(input.TakeByte());

    public override AwayFetched? ReadResponse(ref BinaryInput input) =>
        new(InboxList.Take(ref input, input.TakeUInt16()));

    protected override void Write(FetchAway request, BinaryOutput output) =>
        output.Byte(Math.Min(request.Limit, byte.MaxValue));

    protected override void Write(AwayFetched response, BinaryOutput output)
    {
        var messages = response.Messages.AsSpan();
        var oldest = messages[..Math.Min(messages.Length, ushort.MaxValue)];
        output.UInt16(oldest.Length);
        InboxList.Write(oldest, output);
    }
}
