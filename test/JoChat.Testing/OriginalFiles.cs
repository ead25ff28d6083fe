using Microsoft.Data.Sqlite;

namespace JoChat.Testing;

/// <summary>Databases as the original JoChat has them, and as somebody may have changed them.</summary>
public static class OriginalFiles
{
    /// <summary>The tables, as its server makes them.</summary>
    public const string Schema = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            username TEXT UNIQUE NOT NULL,
            password_hash TEXT NOT NULL
        );
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sender TEXT,
            recipient TEXT,
            content TEXT,
            to_deliver INTEGER DEFAULT 0
        );
        """;

    /// <summary>The same without what SQLite would enforce.</summary>
    public const string LooseSchema = """
        CREATE TABLE users (id, username, password_hash);
        CREATE TABLE messages (id, sender, recipient, content, to_deliver);
        """;

    /// <summary>Makes one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sql">What is in it, its schema included.</param>
    public static void Make(string path, string sql)
    {
        using var connection = Open(path);
        Run(connection, sql);
    }

    /// <summary>Opens a connection, as another program would.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Runs statements.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
