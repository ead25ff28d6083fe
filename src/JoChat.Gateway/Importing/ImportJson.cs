using System.Globalization;
using System.Text;

namespace JoChat.Gateway;

/// <summary>Writes lines of JSON that are safe to show: what is invisible, or combines with what is before it, is escaped.
/// Letters stand as they are, also those that look like others.</summary>
internal static class ImportJson
{
    /// <summary>An object as one line.</summary>
    /// <param name="members">Its members: null, a text, several, a number or a truth value.</param>
    public static string Line(params IEnumerable<(string Name, object? Value)> members) =>
        $"{{{string.Join(',', members.Select(member => $"{Quote(member.Name)}:{ValueOf(member.Value)}"))}}}";

    /// <summary>A text in quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text.EnumerateRunes())
        {
            if (character.Value is '"' or '\\') { quoted.Append('\\').Append((char)character.Value); }
            else if (!IsEscaped(character)) { quoted.Append(character.ToString()); }
            else { quoted.AppendEscaped(character); }
        }
        return quoted.Append('"').ToString();
    }

    private static string ValueOf(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        bool truth => truth ? "true" : "false",
        IEnumerable<string> texts => $"[{string.Join(',', texts.Select(Quote))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!, // a number has a text
    };

    private static bool IsEscaped(Rune character) => EscapedText.IsHidden(character) || Rune.GetUnicodeCategory(character) is
        UnicodeCategory.PrivateUse
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
