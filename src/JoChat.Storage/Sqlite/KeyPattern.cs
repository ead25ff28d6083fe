using System.Collections.Immutable;
using System.Text;

namespace JoChat.Storage;

/// <summary>What a <c>LIKE</c> pattern for name keys says about where its matches are.</summary>
/// <param name="Low">The inclusive lower bound of all matches.</param>
/// <param name="High">The exclusive upper bound of all matches; null if there is none.</param>
/// <param name="Inner">The literals that every match contains, without the one it begins with, which the bounds
/// express.</param>
internal sealed record KeyPattern(string Low, string? High, ImmutableArray<string> Inner)
{
    private const char AnyText = '%', AnyCharacter = '_', Escape = '\\';

    /// <summary>Parses a pattern; every string is one.</summary>
    public static KeyPattern Parse(string text)
    {
        var literals = new List<string>();
        var literal = new StringBuilder();
        var isExact = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is AnyText or AnyCharacter)
            {
                literals.Add(literal.ToString());
                literal.Clear();
                isExact = false;
                continue;
            }
            if (text[i] == Escape && ++i == text.Length) { break; } // a pattern that ends so matches nothing
            literal.Append(text[i]);
        }
        literals.Add(literal.ToString());

        var prefix = literals[0];
        var high = isExact ? Behind(prefix) : Successor(prefix);
        return new KeyPattern(prefix, high, [.. literals.Skip(1).Where(inner => inner.Length > 0)]);
    }

    /// <summary>The next text: SQLite sorts by bytes, so it is the same with a zero byte appended.</summary>
    public static string Behind(string text) => text + '\0';

    // The first text in code point order after all that begin with the prefix.
    private static string? Successor(string prefix)
    {
        Rune[] characters = [.. prefix.EnumerateRunes()];
        for (var last = characters.Length - 1; last >= 0; last--)
        {
            if (Next(characters[last]) is { } next) { return string.Concat(characters.Take(last)) + next; }
        }
        return null;
    }

    private static Rune? Next(Rune character) => character.Value switch
    {
        0x10FFFF => null,
        0xD7FF => new Rune(0xE000), // surrogates are not scalars
        _ => new Rune(character.Value + 1),
    };
}
