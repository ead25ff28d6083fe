using System.Buffers.Text;
using System.Text.Unicode;

namespace JoChat.Protocol;

/// <summary>Judges whether all text in a piece of JSON is Unicode. <c>Utf8JsonReader</c> does not judge it until a string
/// is asked for, and then by an exception.</summary>
internal static class JsonUnicode
{
    private const int EscapeLength = 6; // \uXXXX

    /// <summary>Whether the bytes are UTF-8 and every escaped surrogate stands in a pair.</summary>
    public static bool IsValid(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && !HasLoneSurrogate(json);

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = json.IndexOf((byte)'\\'))
        {
            json = json[at..];
            if (!TryReadEscape(json, out var unit) || !char.IsSurrogate(unit))
            {
                json = json[Math.Min(2, json.Length)..]; // what follows may be an escaped backslash
                continue;
            }
            if (!char.IsHighSurrogate(unit)) { return true; }
            if (!TryReadEscape(json[EscapeLength..], out var low) || !char.IsLowSurrogate(low)) { return true; }
            json = json[(2 * EscapeLength)..];
        }
        return false;
    }

    // An escape that is no escape at all is the parser's business.
    private static bool TryReadEscape(ReadOnlySpan<byte> json, out char unit)
    {
        unit = default;
        if (json.Length < EscapeLength || json[0] != '\\' || json[1] != 'u') { return false; }
        if (!Utf8Parser.TryParse(json[2..EscapeLength], out ushort value, out var used, 'x') || used != 4) { return false; }
        unit = (char)value;
        return true;
    }
}
