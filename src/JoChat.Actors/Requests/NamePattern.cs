using System.Text;
using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>A client's pattern for names: two pairs of wildcards, and <c>\</c> before one of them or itself takes it
/// literally. A backslash before anything else stands for itself.</summary>
/// <param name="KeyPattern">The pattern as the store takes it: "contains" if there is no wildcard in it.</param>
/// <param name="WholeName">What it says as a whole name; null if there is a wildcard in it.</param>
internal sealed record NamePattern(string KeyPattern, LiteralName? WholeName)
{
    private const char Escape = '\\';

    /// <summary>Reads a pattern; every text is one.</summary>
    public static NamePattern Parse(string text)
    {
        var folded = Username.Fold(WithoutTraps(text));
        var (pattern, key) = (new StringBuilder(), new StringBuilder());
        var hasWildcard = false;
        for (var i = 0; i < folded.Length; i++)
        {
            var wildcard = WildcardOf(folded[i]);
            hasWildcard |= wildcard is not null;
            if (wildcard is not null) { pattern.Append(wildcard); }
            else
            {
                if (folded[i] == Escape && i + 1 < folded.Length && IsSpecial(folded[i + 1])) { i++; }
                AppendLiteral(pattern, folded[i]);
                key.Append(folded[i]);
            }
        }
        return hasWildcard
            ? new NamePattern(pattern.ToString(), null)
            : new NamePattern($"%{pattern}%", new LiteralName(key.ToString(), pattern.ToString()));
    }

    private static char? WildcardOf(char character) => character switch
    {
        '*' or '%' => '%',
        '?' or '_' => '_',
        _ => null,
    };

    private static bool IsSpecial(char character) => character == Escape || WildcardOf(character) is not null;

    private static void AppendLiteral(StringBuilder pattern, char character)
    {
        if (character is '%' or '_' or Escape) { pattern.Append(Escape); }
        pattern.Append(character);
    }

    // Normalising throws at U+FFFE, and a store may take U+0000 for the end of the pattern. No name holds
    // them, nor what stands for them here.
    private static string WithoutTraps(string pattern) =>
        pattern.Replace('\uFFFE', '\uFFFF').Replace('\0', '\uFFFF');
}

/// <summary>One name key, and the pattern for it alone.</summary>
internal sealed record LiteralName(string Key, string KeyPattern);
