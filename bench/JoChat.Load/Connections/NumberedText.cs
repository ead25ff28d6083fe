using System.Buffers;
using System.Buffers.Text;

namespace JoChat.Load;

/// <summary>The text of each message, 100 bytes or more: its number among those of its sender to its
/// recipient, when it was sent, padding.</summary>
/// <remarks><c>0000000042 0000123456789012345 xxxx…</c></remarks>
internal static class NumberedText
{
    public const int Size = 100;
    private const int NumberDigits = 10, TimeDigits = 19, TimeOffset = NumberDigits + 1;
    private static readonly string Empty = new string('0', NumberDigits) + ' ' + new string('0', TimeDigits) + ' ';

    /// <summary>A text to be overwritten by <see cref="Write"/>.</summary>
    public static string Blank(int size = Size) => Empty.PadRight(size, 'x');

    public static void Write(Span<byte> text, long number, long sentAt)
    {
        Utf8Formatter.TryFormat(number, text, out _, new StandardFormat('D', NumberDigits));
        Utf8Formatter.TryFormat(sentAt, text[TimeOffset..], out _, new StandardFormat('D', TimeDigits));
    }

    /// <summary>Reads the text that an event brought.</summary>
    /// <returns>False if it is none of these, or not whole.</returns>
    public static bool TryFind(ReadOnlySpan<byte> body, out long number, out long sentAt, int size = Size)
    {
        (number, sentAt) = (0, 0);
        var member = "\"content\":\""u8;
        var at = body.IndexOf(member);
        if (at < 0 || body.Length <= at + member.Length + size) { return false; }
        var text = body[(at + member.Length)..];
        return text[size] == '"'
            && Utf8Parser.TryParse(text[..NumberDigits], out number, out var digits) && digits == NumberDigits
            && Utf8Parser.TryParse(text.Slice(TimeOffset, TimeDigits), out sentAt, out digits) && digits == TimeDigits;
    }
}
