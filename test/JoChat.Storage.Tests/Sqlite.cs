using Microsoft.Data.Sqlite;

namespace JoChat.Storage.Tests;

/// <summary>SQLite beside the store, as another program would use it.</summary>
internal static class Sqlite
{
    public static SqliteConnection Connect(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Makes an empty database of an old schema.</summary>
    public static SqliteConnection CreateOld(string path, int schema)
    {
        var connection = Connect(path);
        var assembly = typeof(SqliteChatStore).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Take(schema))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!); // a name it listed itself
            connection.Run(text.ReadToEnd());
        }
        connection.Run($"PRAGMA application_id = {SchemaVersion.ApplicationId}; PRAGMA user_version = {schema}");
        return connection;
    }

    /// <summary>Runs it.</summary>
    /// <returns>The first column of the first row; null if there is none.</returns>
    public static object? Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
