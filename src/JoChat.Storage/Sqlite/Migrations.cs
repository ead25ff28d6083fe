using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Migrates a database to the newest schema: each <see cref="MigrationScript"/> in one transaction with the version
/// it leads to.</summary>
internal static class Migrations
{
    private static readonly ImmutableArray<MigrationScript> Scripts = MigrationScript.AllOf(typeof(Migrations).Assembly);

    /// <summary>The schema version that this program works with.</summary>
    public static long Newest => Scripts[^1].Number;

    /// <param name="connection">The database.</param>
    /// <param name="skeletonOf">What the usernames that look alike have in common.</param>
    public static void Apply(SqliteConnection connection, Func<string, string> skeletonOf)
    {
        connection.CreateFunction("skeleton_of", skeletonOf, isDeterministic: true);
        var version = SchemaVersion.Read(connection);
        foreach (var script in Scripts.Where(script => script.Number > version)) { Apply(connection, script); }
    }

    private static void Apply(SqliteConnection connection, MigrationScript script)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            {script.Sql}
            PRAGMA application_id = {SchemaVersion.ApplicationId};
            PRAGMA user_version = {script.Number};
            """);
        command.ExecuteNonQuery();
        transaction.Commit();
    }
}
