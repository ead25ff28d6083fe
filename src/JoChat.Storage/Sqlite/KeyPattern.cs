using System.Collections.Immutable;
using System.Text;

namespace JoChat.Storage;

/// <summary>What a <c>LIKE</c> pattern for name keys tells about where its matches are.</summary>
/// <param name="Low">No match sorts below it.</param>
/// <param name="High">Every match sorts below it; null if there is no such bound.</param>
/// <param name="Inner">The texts between wildcards that every match contains, but for the one it begins with, which the
/// bounds speak for.</param>
internal sealed record KeyPattern(string Low, string? High, ImmutableArray<string> Inner)
{
    private const char AnyText = '%', AnyCharacter = '_', Escape = '\\';

    /// <summary>Reads a pattern; every string is one.</summary>
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
            if (text[i] == Escape && ++i == text.Length) { break; } // matches nothing, whatever is said of it here
            literal.Append(text[i]);
        }
        literals.Add(literal.ToString());

        var prefix = literals[0];
        // The next text in the order of bytes, in which SQLite sorts, is the same with a zero byte behind it.
        var high = isExact ? prefix + '\0' : Successor(prefix);
        return new KeyPattern(prefix, high, [.. literals.Skip(1).Where(inner => inner.Length > 0)]);
    }

    // The first text in the order of code points that does not begin with the prefix and sorts behind all that do.
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
        0xD7FF => new Rune(0xE000), // surrogates are no characters
        _ => new Rune(character.Value + 1),
    };
}
