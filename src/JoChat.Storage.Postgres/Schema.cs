using System.Collections.Immutable;
using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Migrates a database to the newest schema: all <see cref="MigrationScript"/>s that are missing in one transaction.
/// </summary>
internal static class Schema
{
    // Any number that no other program locks: two gateways that start at once migrate one after the other.
    private const long Lock = 0x4A6F43686174; // "JoChat"

    private static readonly ImmutableArray<MigrationScript> Scripts = MigrationScript.AllOf(typeof(Schema).Assembly);

    /// <summary>The schema version that this program works with.</summary>
    public static long Newest => Scripts[^1].Number;

    /// <param name="connection">The database.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="StorageException">It is newer than this program, or holds tables that are not JoChat's. It is left
    /// as it was.</exception>
    public static void Apply(NpgsqlConnection connection, string name)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("SELECT pg_advisory_xact_lock($1)", Lock);
        var version = ReadVersion(connection);
        if (version > Newest)
        {
            throw Refused($"its schema {version} is newer than this program, which knows {Newest}; use a newer JoChat");
        }
        if (version == 0 && connection.ReadScalar("""
            SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace LIMIT 1
            """) is string table)
        {
            throw Refused($"it has tables that are not JoChat's, such as {table}; give JoChat an empty database");
        }
        foreach (var script in Scripts.Where(script => script.Number > version)) { connection.Execute(script.Sql); }
        if (version < Newest) { connection.Execute("UPDATE jochat_schema SET version = $1", Newest); }
        transaction.Commit();

        StorageException Refused(string reason) => new($"cannot open {name}: {reason}", isTransient: false);
    }

    private static long ReadVersion(NpgsqlConnection connection) =>
        connection.ReadScalar("SELECT to_regclass('jochat_schema')::text") is null
            ? 0
            : (long)connection.ReadScalar("SELECT version FROM jochat_schema")!; // a migration inserts the row
}
