using System.Globalization;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Migrates a database to the newest schema: the embedded <c>Migrations/NNNN_what.sql</c>, numbered from 1
/// without gaps, each applied in one transaction with the version it leads to.</summary>
internal static class Migrations
{
    private const string Folder = "Migrations/";
    private const int Digits = 4;

    private static readonly string[] Names = [.. typeof(Migrations).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The schema version that this program works with.</summary>
    public static long Newest { get; } = NumberOf(Names[^1]);

    /// <param name="connection">The database.</param>
    /// <param name="skeletonOf">What the usernames that look alike have in common.</param>
    public static void Apply(SqliteConnection connection, Func<string, string> skeletonOf)
    {
        connection.CreateFunction("skeleton_of", skeletonOf, isDeterministic: true);
        var version = SchemaVersion.Read(connection);
        foreach (var name in Names.Where(name => NumberOf(name) > version))
        {
            Apply(connection, name);
        }
    }

    private static void Apply(SqliteConnection connection, string name)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            {Read(name)}
            PRAGMA application_id = {SchemaVersion.ApplicationId};
            PRAGMA user_version = {NumberOf(name)};
            """);
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static string Read(string name)
    {
        using var resource = typeof(Migrations).Assembly.GetManifestResourceStream(name)!; // a name it listed itself
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }

    private static long NumberOf(string name) =>
        long.Parse(name.AsSpan(Folder.Length, Digits), CultureInfo.InvariantCulture);
}
