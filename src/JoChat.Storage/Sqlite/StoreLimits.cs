namespace JoChat.Storage;

/// <summary>Bounds of the store's counting, caching and deferred indexing.</summary>
internal sealed record StoreLimits
{
    /// <summary>Where counting an account's undelivered messages stops, ≥ 1.</summary>
    public long MaxUndelivered { get; init; } = IChatStore.MaxUndeliveredCount;

    /// <summary>The smallest such count that is cached, ≥ 1. Smaller ones cost little to count again.</summary>
    public long MinCachedCount { get; init; } = 1000;

    /// <summary>How many accounts' counts are cached, ≥ 1; one more empties the cache. Some 50 bytes each.</summary>
    public int MaxCachedAccounts { get; init; } = 1024;

    /// <summary>How many messages may be missing from the index of conversations, ≥ 1. Few enough to be read in
    /// milliseconds, many enough that a busy pair is written once for hundreds of its messages.</summary>
    public int MaxUnindexed { get; init; } = 2000;

    /// <summary>How many bytes of content are deleted at a time, ≥ 1, but for one message: deleted text is overwritten.
    /// </summary>
    public int DeletedBytesAtOnce { get; init; } = 256 * 1024;

    /// <summary>How many client ids are looked at for old ones at a time, ≥ 1; some 2 ms if all of them are old.
    /// </summary>
    public int ClientIdsAtOnce { get; init; } = 1024;
}
