using System.Globalization;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Which characters of other people's texts an operator is shown as an escape.</summary>
internal static class EscapedText
{
    /// <summary>Whether it is invisible or a terminal would obey it; a blank is neither.</summary>
    public static bool IsHidden(Rune character) => character.Value != ' ' && !Username.Allows(character);

    /// <summary>Appends a character as JSON escapes it.</summary>
    public static void AppendEscaped(this StringBuilder text, Rune character)
    {
        foreach (var unit in character.ToString()) { text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}"); }
    }
}
