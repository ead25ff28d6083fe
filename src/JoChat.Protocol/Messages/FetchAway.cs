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

internal sealed class FetchAwayCodec() : OperationCodec<FetchAway, AwayFetched>(
    Operation.FetchAway, "fetch_away_msgs",
    new FieldTable<FetchAway, (long? Limit, long? Alias)>(
        request => (request.Limit, null), values => new(values.Limit ?? values.Alias ?? FetchAway.DefaultLimit))
        .Add("limit", (ref values) => ref values.Limit, new Integer(1, isCapped: true))
        .InJson("num_messages", (ref values) => ref values.Alias, new Integer()),
    new FieldTable<AwayFetched, ImmutableArray<InboxMessage>?>(
        response => response.Messages, messages => messages is { } fetched ? new(fetched) : null)
        .Add("msg", (ref messages) => ref messages, InboxMessageFields.List(areDelivered: false)));
