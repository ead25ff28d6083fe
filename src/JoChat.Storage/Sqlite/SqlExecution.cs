using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Runs SQL that is run once and gives nothing back; what is run often is a <see cref="Statement"/>.</summary>
internal static class SqlExecution
{
    /// <summary>Runs statements.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
