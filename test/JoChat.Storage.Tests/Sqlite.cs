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

    /// <summary>Runs it.</summary>
    /// <returns>The first column of the first row; null if there is none.</returns>
    public static object? Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
