namespace JoChat.Storage.Postgres;

public sealed partial class PostgresChatStore
{
    /// <inheritdoc/>
    public void HoldName(string username, string usernameKey, DateTimeOffset until) => Write("hold a name in",
        () => _batch.ToWrite().Execute("""
            INSERT INTO held_names (username_key, until, username, skeleton) VALUES ($1, $2, $3, $4)
            ON CONFLICT (username_key) DO UPDATE
            SET until = excluded.until, username = excluded.username, skeleton = excluded.skeleton
            """, usernameKey, until.ToUnixTimeMilliseconds(), username, _skeletonOf(username)));

    /// <inheritdoc/>
    public bool IsHeld(string usernameKey, DateTimeOffset now) => Read("find a name in",
        () => (bool)_batch.ToReadBeside().ReadScalar(
            "SELECT EXISTS (SELECT 1 FROM held_names WHERE username_key = $1 AND until > $2)",
            usernameKey, now.ToUnixTimeMilliseconds())!);

    /// <inheritdoc/>
    public bool HasNamesToRelease(DateTimeOffset now) => Read("find names in",
        () => (bool)_batch.ToReadBeside().ReadScalar(
            "SELECT coalesce(min(until) <= $1, false) FROM held_names", now.ToUnixTimeMilliseconds())!);

    /// <inheritdoc/>
    public int ReleaseNames(DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Write("release names in", () => _batch.ToWrite().Execute("""
            DELETE FROM held_names
            WHERE username_key IN (SELECT username_key FROM held_names WHERE until <= $1 ORDER BY until LIMIT $2)
            """, now.ToUnixTimeMilliseconds(), limit));
    }
}
