using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements that keep the table of name grams true to the table of accounts.</summary>
internal sealed class GramStatements(SqliteConnection connection) : IDisposable
{
    internal const string DeleteSql = "DELETE FROM name_grams WHERE gram = $gram AND username_key = $key";

    private readonly DirectStatement _add =
        new(connection, "INSERT INTO name_grams (gram, username_key) VALUES ($gram, $key)");

    private readonly DirectStatement _delete = new(connection, DeleteSql);

    private readonly Statement _deleteAll = new(connection, "DELETE FROM name_grams");

    public void Add(string usernameKey) => RunForEach(_add, usernameKey);

    public void Delete(string usernameKey) => RunForEach(_delete, usernameKey);

    public void DeleteAll() => _deleteAll.Execute();

    public void Dispose()
    {
        _add.Dispose();
        _delete.Dispose();
        _deleteAll.Dispose();
    }

    private static void RunForEach(DirectStatement statement, string usernameKey)
    {
        statement.Bind(2, usernameKey);
        foreach (var gram in NameGrams.OfName(usernameKey))
        {
            statement.Bind(1, gram);
            statement.Execute();
        }
    }
}
