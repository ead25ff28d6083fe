namespace JoChat.Storage;

/// <summary>Bounds of the store's counting, caching and deferred indexing, and of what it does at a time: nothing
/// takes longer than some milliseconds, or everybody would wait.</summary>
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

    /// <summary>How many undelivered messages are counted at a time, ≥ 1; some 2 ms.</summary>
    public long CountedAtOnce { get; init; } = 20_000;

    /// <summary>How much is deleted at a time, ≥ 1: a row, or 4 KiB of content, counts one. Some 2 ms.</summary>
    public int DeletedAtOnce { get; init; } = 256;

    /// <summary>How many messages are looked at for old ones at a time, ≥ 1; 4 KiB of content count one. Some 1 ms.</summary>
    public int LookedAtOnce { get; init; } = 1024;

    /// <summary>How many names are looked at for a list of accounts at a time, ≥ 1; some 1 ms.</summary>
    public int NamesAtOnce { get; init; } = 1000;

    /// <summary>How many unread messages are counted for a list of conversations at a time, ≥ 1, and those of one more
    /// conversation; some 2 ms.</summary>
    public long UnreadAtOnce { get; init; } = 10_000;

    /// <summary>How many bytes of content are deleted at a time, ≥ 1, but for one message: deleted text is overwritten.
    /// </summary>
    public int DeletedBytesAtOnce { get; init; } = 256 * 1024;

    /// <summary>How many client ids are looked at for old ones at a time, ≥ 1; some 2 ms if all of them are old.
    /// </summary>
    public int ClientIdsAtOnce { get; init; } = 1024;
}
