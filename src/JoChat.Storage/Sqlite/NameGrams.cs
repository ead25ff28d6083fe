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

    /// <summary>Grams that each name has which contains the text: the longest there are, as the rarest.</summary>
    /// <param name="text">Not empty.</param>
    public static IEnumerable<string> OfText(string text)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        return Pieces(characters, Math.Min(Longest, characters.Length));
    }

    /// <summary>As few of <see cref="OfText"/> as cover the text.</summary>
    /// <param name="text">Not empty.</param>
    public static IEnumerable<string> Covering(string text)
    {
        string[] grams = [.. OfText(text)];
        for (var next = 0; next < grams.Length + Longest - 1; next += Longest)
        {
            yield return grams[Math.Min(next, grams.Length - 1)];
        }
    }

    private static IEnumerable<string> Pieces(Rune[] characters, int length)
    {
        for (var start = 0; start + length <= characters.Length; start++)
        {
            yield return string.Concat(characters.Skip(start).Take(length));
        }
    }
}
