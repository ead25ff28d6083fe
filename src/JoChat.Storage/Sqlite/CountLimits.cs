namespace JoChat.Storage;

/// <summary>How far <see cref="WaitingCounts"/> counts and what it remembers.</summary>
internal sealed record CountLimits
{
    /// <summary>Where a count stops, ≥ 1.</summary>
    public long Most { get; init; } = IChatStore.MaxWaitingCount;

    /// <summary>The smallest count that is remembered, ≥ 1. Below it, counting all again costs little.</summary>
    public long RememberedFrom { get; init; } = 1000;

    /// <summary>How many accounts' counts are kept, ≥ 1; with one more it begins anew. Some 50 bytes each.</summary>
    public int MostRemembered { get; init; } = 1024;
}
