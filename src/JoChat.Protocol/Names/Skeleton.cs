using System.Text;

namespace JoChat.Protocol;

/// <summary>What names that look alike have in common.</summary>
/// <remarks>https://www.unicode.org/reports/tr39/#Confusable_Detection, and more: what is compatible looks alike too, as
/// wide and circled letters do, and so do names that differ in case alone.</remarks>
public static class Skeleton
{
    private static readonly UnicodeTable<string> Prototypes = new(UnicodeTables.Prototypes,
        parts => string.Concat(parts.Select(part => new Rune(UnicodeTable<string>.ParseHex(part)))));

    /// <summary>The skeleton of a name.</summary>
    /// <param name="username">The name as it is shown. It may be older than the rules for names.</param>
    public static string Of(string username)
    {
        var text = new StringBuilder();
        foreach (var character in username.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Prototypes.Of(character) is { } prototype) { text.Append(prototype); }
            else { text.Append(character); }
        }
        return Username.Fold(text.ToString());
    }
}
