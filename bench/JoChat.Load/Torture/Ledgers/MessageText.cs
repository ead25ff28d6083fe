using System.Globalization;

namespace JoChat.Load.Torture;

/// <summary>The texts of the messages: a recipient can tell which one it is and whether it is intact.</summary>
internal static class MessageText
{
    private const string Filler =
        "the quick brown fox jumps over the lazy dog; zwölf Boxkämpfer jagen Viktor";

    public static string Text(string sender, string recipient, int number) => string.Create(
        CultureInfo.InvariantCulture, $"{number} {sender}>{recipient} {Filler.AsSpan(0, number * 31 % Filler.Length)}");

    /// <summary>The number in a text; -1 if it begins otherwise.</summary>
    public static int Number(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end
        && int.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;
}
