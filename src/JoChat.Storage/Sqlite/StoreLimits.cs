namespace JoChat.Storage;

/// <summary>How much the store counts, remembers and puts off.</summary>
internal sealed record StoreLimits
{
    /// <summary>Where counting what waits for an account stops, ≥ 1.</summary>
    public long MaxUndelivered { get; init; } = IChatStore.MaxUndeliveredCount;

    /// <summary>The smallest such count that is remembered, ≥ 1. Below it, counting all again costs little.</summary>
    public long RememberedFrom { get; init; } = 1000;

    /// <summary>How many accounts' counts are remembered, ≥ 1; with one more it begins anew. Some 50 bytes each.
    /// </summary>
    public int MostRemembered { get; init; } = 1024;

    /// <summary>How many messages may be missing in the order of conversations, ≥ 1. Few enough to be looked through
    /// in milliseconds, many enough that a busy pair is written once for hundreds.</summary>
    public int MostUnordered { get; init; } = 2000;
}
