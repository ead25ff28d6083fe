using System.Text;

namespace JoChat.Storage;

/// <summary>The n-grams of one to three characters of a name, by which names that contain a text are found. See
/// docs/adr/0004.</summary>
/// <remarks>A character is a Unicode scalar, as in SQL's <c>substr</c> and <c>LIKE</c>.</remarks>
internal static class NameGrams
{
    private const int MaxLength = 3;

    /// <summary>All of a name's, each once.</summary>
    public static IEnumerable<string> AllOf(string usernameKey)
    {
        Rune[] characters = [.. usernameKey.EnumerateRunes()];
        return Enumerable.Range(1, MaxLength).SelectMany(length => OfLength(characters, length)).Distinct();
    }

    /// <summary>The longest grams of a text, which are the rarest: every name that contains the text has all of
    /// them.</summary>
    /// <param name="text">Not empty.</param>
    public static IEnumerable<string> LongestOf(string text)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        return OfLength(characters, Math.Min(MaxLength, characters.Length));
    }

    /// <summary>As few of <see cref="LongestOf"/> as cover the text.</summary>
    /// <param name="text">Not empty.</param>
    public static IEnumerable<string> CoveringOf(string text)
    {
        string[] grams = [.. LongestOf(text)];
        for (var next = 0; next < grams.Length + MaxLength - 1; next += MaxLength)
        {
            yield return grams[Math.Min(next, grams.Length - 1)];
        }
    }

    private static IEnumerable<string> OfLength(Rune[] characters, int length)
    {
        for (var start = 0; start + length <= characters.Length; start++)
        {
            yield return string.Concat(characters.Skip(start).Take(length));
        }
    }
}
