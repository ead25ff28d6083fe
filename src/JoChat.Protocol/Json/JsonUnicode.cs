using System.Buffers.Text;
using System.Text.Unicode;

namespace JoChat.Protocol;

/// <summary>Judges whether all text in a piece of JSON is Unicode. <c>Utf8JsonReader</c> does not judge it until a
/// string is asked for, and then by an exception.</summary>
internal static class JsonUnicode
{
    private const int EscapeLength = 6; // \uXXXX

    /// <summary>Whether the bytes are UTF-8 and every escaped surrogate stands in a pair.</summary>
    public static bool IsValid(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && !HasLoneSurrogate(json);

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        for (var at = IndexOfEscape(json, 0); at >= 0; at = IndexOfEscape(json, at))
        {
            if (!TryReadSurrogate(json[at..], out var unit) || IsEscaped(json, at))
            {
                at += 2;
                continue;
            }
            if (char.IsLowSurrogate(unit)) { return true; }
            if (!TryReadSurrogate(json[(at + EscapeLength)..], out var low)) { return true; }
            if (!char.IsLowSurrogate(low)) { return true; }
            at += 2 * EscapeLength;
        }
        return false;
    }

    private static int IndexOfEscape(ReadOnlySpan<byte> json, int start)
    {
        var offset = json[start..].IndexOf("\\u"u8);
        return offset < 0 ? -1 : start + offset;
    }

    // An escape that is no escape at all is the parser's business.
    private static bool TryReadSurrogate(ReadOnlySpan<byte> json, out char unit)
    {
        unit = default;
        if (json.Length < EscapeLength || !json.StartsWith("\\u"u8) || (json[2] | 0x20) != 'd') { return false; }
        if (!Utf8Parser.TryParse(json[2..EscapeLength], out ushort value, out var digits, 'x')) { return false; }
        if (digits != 4) { return false; }
        unit = (char)value;
        return char.IsSurrogate(unit);
    }

    // A backslash behind an odd number of others is itself escaped, and what follows it is plain text.
    private static bool IsEscaped(ReadOnlySpan<byte> json, int at)
    {
        var before = json[..at];
        return (before.Length - before.TrimEnd((byte)'\\').Length) % 2 == 1;
    }
}
