namespace JoChat.Protocol;

/// <summary>The scripts of a text: "highly restrictive" of
/// https://www.unicode.org/reports/tr39/#Restriction_Level_Detection.</summary>
internal static class WritingSystem
{
    // What is written with several.
    private static readonly string[][] Mixtures =
    [
        ["Latn", "Hani", "Hira", "Kana"],
        ["Latn", "Hani", "Bopo"],
        ["Latn", "Hani", "Hang"],
    ];

    private static readonly UnicodeTable<string[]> Scripts = new(UnicodeTables.Scripts, parts => parts);

    /// <summary>Whether a text is in one script, or in some that are written together. What is of every script, such as
    /// digits, counts for none.</summary>
    public static bool IsOne(string text)
    {
        string[][] used = [.. text.EnumerateRunes().Select(Scripts.Of).OfType<string[]>()];
        return used.Length == 0
            || used[0].Any(script => used.All(scripts => scripts.Contains(script)))
            || Mixtures.Any(mixture => used.All(scripts => scripts.Any(mixture.Contains)));
    }
}
