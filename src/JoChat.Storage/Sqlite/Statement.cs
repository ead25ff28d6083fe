using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>A prepared statement. Its owner's thread only.</summary>
/// <remarks>Limits and patterns are written as expressions, <c>LIMIT $limit + 0</c> and <c>LIKE +$pattern</c>. SQLite
/// plans for the value of a bare parameter there, and so prepares the statement again at each run, which takes longer
/// than to run a short one.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(
        SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var (name, type) in parameters)
        {
            _command.Parameters.Add(name, type);
        }
        _command.Prepare();
    }

    /// <summary>Runs it to completion.</summary>
    /// <param name="values">One value for each parameter, in their order.</param>
    /// <returns>How many rows it changed, without those of a cascade.</returns>
    public int Execute(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>The first column of its first row; null if there is no row.</summary>
    public object? ReadScalar(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteScalar();
    }

    /// <summary>Its rows, which must be disposed of before it runs again.</summary>
    public SqliteDataReader Read(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }
    }
}
