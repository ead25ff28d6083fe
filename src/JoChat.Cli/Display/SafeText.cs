using System.Buffers;
using System.Globalization;
using System.Text;

namespace JoChat.Cli.Display;

/// <summary>Makes text from other people safe to print: what could move the cursor, recolour the screen, reorder the
/// line or hide in it is shown as a visible escape.</summary>
/// <remarks>The backslash itself is not doubled: it is harmless and common; <c>--json</c> gives texts
/// exactly.</remarks>
internal static class SafeText
{
    /// <summary>Stands for the marks on a character that are left out.</summary>
    public const char MoreMarks = '…';

    private const string Tab = "    ";
    private const int MostMarks = 8; // on one character; more would run over the rows above and below
    private const int ZeroWidthNonJoiner = 0x200C, ZeroWidthJoiner = 0x200D;

    /// <summary>Escapes what is unsafe in <paramref name="text"/>. It stays one line: a newline is shown as <c>\n</c>,
    /// so nobody can write a line that looks like ours.</summary>
    public static string Of(string text) => Escape(text, isText: false);

    /// <summary>Escapes what is unsafe, but leaves newlines, and makes blanks of a tab: for texts, each row of which is
    /// indented.</summary>
    public static string Lines(string text) => Escape(text, isText: true);

    /// <summary>Makes one line of a safe text of several.</summary>
    public static string OnOneLine(string safe) => safe.Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Escape(string text, bool isText)
    {
        var safe = new StringBuilder(text.Length);
        var marks = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var isCharacter = Rune.DecodeFromUtf16(rest, out var rune, out var used) == OperationStatus.Done;
            marks = isCharacter && IsMark(rune) ? marks + 1 : 0;
            if (!isCharacter)
            {
                AppendEscape(safe, rest[0]); // half a surrogate pair
            }
            else if (isText && rune.Value == '\t')
            {
                safe.Append(Tab);
            }
            else if (IsUnsafe(rune) && !(isText && rune.Value == '\n'))
            {
                AppendEscape(safe, rune.Value);
            }
            else if (marks <= MostMarks)
            {
                safe.Append(rest[..used]);
            }
            else if (marks == MostMarks + 1)
            {
                safe.Append(MoreMarks);
            }
            rest = rest[used..];
        }
        return safe.ToString();
    }

    // What is drawn into the character before it.
    private static bool IsMark(Rune rune) =>
        rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Format characters are the bidi controls and other invisible ones. The two joiners stay: emoji and several scripts
    // are written with them. Variation selectors and marks only change the character before them.
    public static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) switch
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
