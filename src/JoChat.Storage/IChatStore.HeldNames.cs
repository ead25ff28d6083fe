namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Holds a name, so that nobody takes it. Needs a batch.</summary>
    /// <param name="username">The name as it was shown.</param>
    /// <param name="usernameKey">The name, as names are compared.</param>
    /// <param name="until">Until when; kept to the millisecond.</param>
    void HoldName(string username, string usernameKey, DateTimeOffset until);

    /// <summary>Whether a name is held beyond a time.</summary>
    bool IsHeld(string usernameKey, DateTimeOffset now);

    /// <summary>Whether there are names that are held until this time or before.</summary>
    bool HasNamesToRelease(DateTimeOffset now);

    /// <summary>Releases names whose time is over. Needs a batch.</summary>
    /// <param name="now">Those that are held until this time or before are released.</param>
    /// <param name="limit">Most names, ≥ 0, to bound the batch.</param>
    /// <returns>How many were released.</returns>
    int ReleaseNames(DateTimeOffset now, int limit);
}
