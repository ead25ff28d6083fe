using System.Globalization;
using System.Text;
using Wcwidth;

namespace JoChat.Cli.Display;

/// <summary>How many columns of a terminal a text takes.</summary>
/// <remarks>Terminals disagree on rare characters; this follows what most do. Each code point has a width, and one that
/// has none is drawn into the character before it; what a joiner binds to it is, too.</remarks>
internal static class CellWidth
{
    private const int ZeroWidthJoiner = 0x200D, EmojiPresentation = 0xFE0F;

    /// <summary>The columns of a whole text. Sequences that colour it take none.</summary>
    public static int Of(string text)
    {
        var columns = 0;
        for (var index = 0; index < text.Length;)
        {
            var piece = Next(text, ref index, out var width);
            if (piece.Length > 0) { columns += width; }
        }
        return columns;
    }

    /// <summary>Takes the next piece off a text: a text element, which is what a reader takes for one character, or a
    /// sequence that colours what follows.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">Where the piece begins; moved behind it.</param>
    /// <param name="width">The columns it takes.</param>
    public static ReadOnlySpan<char> Next(string text, ref int index, out int width)
    {
        var start = index;
        if (text[start] == '\e' && text.IndexOf('m', start) is >= 0 and var end)
        {
            index = end + 1;
            width = 0;
            return text.AsSpan(start..index);
        }
        index += StringInfo.GetNextTextElementLength(text, start);
        var element = text.AsSpan(start..index);
        width = OfElement(element);
        return element;
    }

    private static int OfElement(ReadOnlySpan<char> element)
    {
        var (columns, isJoined) = (0, false);
        foreach (var rune in element.EnumerateRunes())
        {
            if (rune.Value == EmojiPresentation) { columns = Math.Max(columns, 2); }
            else if (!isJoined) { columns += OfRune(rune); }
            isJoined = rune.Value == ZeroWidthJoiner;
        }
        return columns;
    }

    // Spacing marks are drawn beside what they mark, whatever the tables say.
    private static int OfRune(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark
            ? 1
            : Math.Max(UnicodeCalculator.GetWidth(rune), 0);
}
