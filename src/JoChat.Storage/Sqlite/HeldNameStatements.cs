using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of held names.</summary>
internal sealed class HeldNameStatements(SqliteConnection connection, Func<string, string> skeletonOf) : IDisposable
{
    internal const string IsHeldSql =
        "SELECT EXISTS (SELECT 1 FROM held_names WHERE username_key = $key AND until > $now)";

    internal const string HasEndedSql = "SELECT EXISTS (SELECT 1 FROM held_names WHERE until <= $now)";

    internal const string ReleaseSql = """
        DELETE FROM held_names
        WHERE username_key IN (SELECT username_key FROM held_names WHERE until <= $now ORDER BY until LIMIT $limit + 0)
        """;

    private readonly Statement _hold = new(connection, """
        INSERT INTO held_names (username_key, until, username, skeleton) VALUES ($key, $until, $username, $skeleton)
        ON CONFLICT (username_key) DO UPDATE
        SET until = excluded.until, username = excluded.username, skeleton = excluded.skeleton
        """,
        ("$key", SqliteType.Text), ("$until", SqliteType.Integer),
        ("$username", SqliteType.Text), ("$skeleton", SqliteType.Text));

    private readonly Statement _isHeld = new(connection, IsHeldSql,
        ("$key", SqliteType.Text), ("$now", SqliteType.Integer));

    private readonly Statement _hasEnded = new(connection, HasEndedSql, ("$now", SqliteType.Integer));

    private readonly Statement _release = new(connection, ReleaseSql,
        ("$now", SqliteType.Integer), ("$limit", SqliteType.Integer));

    private readonly Statement _releaseAll = new(connection, "DELETE FROM held_names");

    public void Hold(string username, string usernameKey, DateTimeOffset until) =>
        _hold.Execute(usernameKey, until.ToUnixTimeMilliseconds(), username, skeletonOf(username));

    public bool IsHeld(string usernameKey, DateTimeOffset now) =>
        _isHeld.ReadScalar(usernameKey, now.ToUnixTimeMilliseconds()) is 1L;

    public bool HasEnded(DateTimeOffset now) => _hasEnded.ReadScalar(now.ToUnixTimeMilliseconds()) is 1L;

    public int Release(DateTimeOffset now, int limit) => _release.Execute(now.ToUnixTimeMilliseconds(), limit);

    public void ReleaseAll() => _releaseAll.Execute();

    public void Dispose()
    {
        _hold.Dispose();
        _isHeld.Dispose();
        _hasEnded.Dispose();
        _release.Dispose();
        _releaseAll.Dispose();
    }
}
