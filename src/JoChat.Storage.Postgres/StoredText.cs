using System.Text;

namespace JoChat.Storage.Postgres;

/// <summary>Text as PostgreSQL takes it: <c>text</c> refuses U+0000, so that is written as two characters, and the one that
/// they begin with too. The order of texts stays.</summary>
internal static class StoredText
{
    private const char Escape = '\u0001';
    private const char Zero = '\u0001', One = '\u0002'; // behind Escape

    /// <summary>What stands for a text in the database.</summary>
    public static string Write(string text) => text.AsSpan().IndexOfAny('\0', Escape) < 0
        ? text
        : text.Replace($"{Escape}", $"{Escape}{One}", StringComparison.Ordinal)
            .Replace("\0", $"{Escape}{Zero}", StringComparison.Ordinal);

    /// <summary>The text that <see cref="Write"/> was given. What SQL has made (the key of a deleted account) is as it is.
    /// </summary>
    public static string Read(string stored)
    {
        if (!stored.Contains(Escape)) { return stored; }
        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            var next = stored[i] == Escape && i + 1 < stored.Length ? stored[i + 1] : default;
            text.Append(next == Zero ? '\0' : stored[i]);
            if (next is Zero or One) { i++; }
        }
        return text.ToString();
    }
}
