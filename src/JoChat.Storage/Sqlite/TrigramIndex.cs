using System.Text;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The index that finds names by a text they contain: the table <c>name_grams</c> holds every n-gram of one to
/// three characters of every name. See docs/adr/0004.</summary>
/// <remarks>A character is a Unicode scalar, as in SQLite's <c>substr</c> and <c>LIKE</c>.</remarks>
internal sealed class TrigramIndex(SqliteConnection connection) : IDisposable
{
    internal const string DeleteSql = "DELETE FROM name_grams WHERE gram = $gram AND username_key = $key";

    private const int MaxLength = 3;

    private readonly RawStatement _add =
        new(connection, "INSERT INTO name_grams (gram, username_key) VALUES ($gram, $key)");

    private readonly RawStatement _delete = new(connection, DeleteSql);

    private readonly Statement _deleteAll = new(connection, "DELETE FROM name_grams");

    /// <summary>The longest grams of a text, which are the rarest: every name that contains the text has all of
    /// them.</summary>
    /// <param name="text">Not empty.</param>
    public static IEnumerable<string> GramsOf(string text)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        return GramsOfLength(characters, Math.Min(MaxLength, characters.Length));
    }

    /// <summary>As few of <see cref="GramsOf"/> as cover the text.</summary>
    /// <param name="text">Not empty.</param>
    public static IEnumerable<string> CoveringGramsOf(string text)
    {
        string[] grams = [.. GramsOf(text)];
        for (var next = 0; next < grams.Length + MaxLength - 1; next += MaxLength)
        {
            yield return grams[Math.Min(next, grams.Length - 1)];
        }
    }

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
        Rune[] characters = [.. usernameKey.EnumerateRunes()];
        var lengths = Enumerable.Range(1, MaxLength);
        statement.Bind(2, usernameKey);
        foreach (var gram in lengths.SelectMany(length => GramsOfLength(characters, length)).Distinct())
        {
            statement.Bind(1, gram);
            statement.Execute();
        }
    }

    private static IEnumerable<string> GramsOfLength(Rune[] characters, int length)
    {
        for (var start = 0; start + length <= characters.Length; start++)
        {
            yield return string.Concat(characters.Skip(start).Take(length));
        }
    }
}
