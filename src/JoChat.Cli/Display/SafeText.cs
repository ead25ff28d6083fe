using System.Buffers;
using System.Globalization;
using System.Text;

namespace JoChat.Cli.Display;

/// <summary>Makes text from other people safe to print: what could move the cursor, recolour the screen, reorder the
/// line or hide in it is shown as a visible escape.</summary>
/// <remarks>A text stays one line: a newline is shown as <c>\n</c>, so nobody can write a line that looks like ours.
/// The backslash itself is not doubled: it is harmless and common; <c>--json</c> gives texts exactly.</remarks>
internal static class SafeText
{
    private const int ZeroWidthNonJoiner = 0x200C, ZeroWidthJoiner = 0x200D;

    /// <summary>Escapes what is unsafe in <paramref name="text"/>.</summary>
    public static string Of(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != OperationStatus.Done)
            {
                AppendEscape(safe, rest[0]); // half a surrogate pair
            }
            else if (IsUnsafe(rune))
            {
                AppendEscape(safe, rune.Value);
            }
            else
            {
                safe.Append(rest[..used]);
            }
            rest = rest[used..];
        }
        return safe.ToString();
    }

    // Format characters are the bidi controls and other invisible ones. The two joiners stay: emoji and several scripts
    // are written with them. Variation selectors and marks only change the character before them.
    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner),
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        _ => false,
    };

    private static void AppendEscape(StringBuilder safe, int value)
    {
        var invariant = CultureInfo.InvariantCulture;
        _ = value switch
        {
            '\n' => safe.Append(@"\n"),
            '\r' => safe.Append(@"\r"),
            '\t' => safe.Append(@"\t"),
            <= 0xFF => safe.Append(invariant, $@"\x{value:X2}"),
            <= 0xFFFF => safe.Append(invariant, $@"\u{value:X4}"),
            _ => safe.Append(invariant, $@"\U{value:X8}"),
        };
    }
}
