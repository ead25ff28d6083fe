using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The index that finds names by a text they contain: the table <c>name_grams</c> holds the
/// <see cref="NameGrams"/> of every name.</summary>
internal sealed class TrigramIndex(SqliteConnection connection) : IDisposable
{
    internal const string DeleteSql = "DELETE FROM name_grams WHERE gram = $gram AND username_key = $key";

    private readonly RawStatement _add =
        new(connection, "INSERT INTO name_grams (gram, username_key) VALUES ($gram, $key)");

    private readonly RawStatement _delete = new(connection, DeleteSql);

    private readonly Statement _deleteAll = new(connection, "DELETE FROM name_grams");

    public void Add(string usernameKey) => RunForEachGram(_add, usernameKey);

    public void Delete(string usernameKey) => RunForEachGram(_delete, usernameKey);

    public void DeleteAll() => _deleteAll.Execute();

    public void Dispose()
    {
        _add.Dispose();
        _delete.Dispose();
        _deleteAll.Dispose();
    }

    private static void RunForEachGram(RawStatement statement, string usernameKey)
    {
        statement.Bind(2, usernameKey);
        foreach (var gram in NameGrams.AllOf(usernameKey))
        {
            statement.Bind(1, gram);
            statement.Execute();
        }
    }
}
