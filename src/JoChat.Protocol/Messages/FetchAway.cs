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
/// (<see cref="Limits.MaxListedContentBytes"/>).</summary>
/// <param name="Messages">The messages.</param>
public sealed record AwayFetched(ImmutableArray<InboxMessage> Messages) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.FetchAway;
}
