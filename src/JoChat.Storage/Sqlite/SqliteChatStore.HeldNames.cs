namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public void HoldName(string username, string usernameKey, DateTimeOffset until) =>
        Write("hold a name in", () => _heldNames.Hold(username, usernameKey, until));

    /// <inheritdoc/>
    public bool IsHeld(string usernameKey, DateTimeOffset now) =>
        Read("find a name in", () => _heldNames.IsHeld(usernameKey, now));

    /// <inheritdoc/>
    public bool HasNamesToRelease(DateTimeOffset now) => Read("find names in", () => _heldNames.HasEnded(now));

    /// <inheritdoc/>
    public int ReleaseNames(DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Write("release names in", () => _heldNames.Release(now, limit));
    }
}
