using System.Globalization;
using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Migrates a database to the newest schema: the embedded <c>Migrations/NNNN_what.sql</c>, numbered from 1 without
/// gaps, each applied in one transaction with the version it leads to.</summary>
internal static class Schema
{
    private const string Folder = "Migrations/";
    private const int Digits = 4;

    // Any number that no other program locks: two gateways that start at once migrate one after the other.
    private const long Lock = 0x4A6F43686174; // "JoChat"

    private static readonly string[] NameQueries = [.. typeof(Schema).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The schema version that this program works with.</summary>
    public static long Newest { get; } = NumberOf(NameQueries[^1]);

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
        foreach (var script in NameQueries.Where(script => NumberOf(script) > version)) { Run(connection, script); }
        transaction.Commit();

        StorageException Refused(string reason) => new($"cannot open {name}: {reason}", isTransient: false);
    }

    private static long ReadVersion(NpgsqlConnection connection) =>
        connection.ReadScalar("SELECT to_regclass('jochat_schema')::text") is null
            ? 0
            : (long)connection.ReadScalar("SELECT version FROM jochat_schema")!; // a migration inserts the row

    private static void Run(NpgsqlConnection connection, string name)
    {
        connection.Execute(Read(name));
        connection.Execute("UPDATE jochat_schema SET version = $1", NumberOf(name));
    }

    private static string Read(string name)
    {
        using var resource = typeof(Schema).Assembly.GetManifestResourceStream(name)!; // a name it listed itself
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }

    private static long NumberOf(string name) =>
        long.Parse(name.AsSpan(Folder.Length, Digits), CultureInfo.InvariantCulture);
}
