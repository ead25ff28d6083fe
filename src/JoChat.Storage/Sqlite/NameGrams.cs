using System.Text;

namespace JoChat.Storage;

/// <summary>The grams of names: their pieces of one, two and three characters. A character is a Unicode scalar, as in
/// SQLite's <c>substr</c> and <c>LIKE</c>.</summary>
internal static class NameGrams
{
    private const int Longest = 3;

    /// <summary>All distinct grams of a name's key.</summary>
    public static IReadOnlyCollection<string> OfName(string usernameKey)
    {
        Rune[] characters = [.. usernameKey.EnumerateRunes()];
        var grams = new HashSet<string>(StringComparer.Ordinal);
        for (var length = 1; length <= Longest; length++) { grams.UnionWith(Pieces(characters, length)); }
        return grams;
    }

    /// <summary>Grams that each name has which contains the text: the longest there are, as the rarest, and of those
    /// as few as cover it.</summary>
    /// <param name="text">Not empty.</param>
    public static IEnumerable<string> OfText(string text)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        var length = Math.Min(Longest, characters.Length);
        for (var start = 0; start < characters.Length; start += length)
        {
            yield return Piece(characters, Math.Min(start, characters.Length - length), length);
        }
    }

    private static IEnumerable<string> Pieces(Rune[] characters, int length)
    {
        for (var start = 0; start + length <= characters.Length; start++)
        {
            yield return Piece(characters, start, length);
        }
    }

    private static string Piece(Rune[] characters, int start, int length) =>
        string.Concat(characters.Skip(start).Take(length));
}
