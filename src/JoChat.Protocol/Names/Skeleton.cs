using System.Text;

namespace JoChat.Protocol;

/// <summary>What usernames that look alike have in common.</summary>
/// <remarks>https://www.unicode.org/reports/tr39/#Confusable_Detection, and more: compatible characters look alike too,
/// as wide and circled letters do, and so do names that differ in case alone.</remarks>
public static class Skeleton
{
    private const string Stroke = "l"; // the prototype of l, I, 1 and all others that are one stroke
    private const char SmallL = 'l', SmallI = 'i', Either = '1';

    private static readonly UnicodeTable<string> Prototypes = new(UnicodeTables.Prototypes,
        parts => string.Concat(parts.Select(part => new Rune(UnicodeTable<string>.ParseHex(part)))));

    /// <summary>The skeleton of a username. Names that look alike have the same; of those that have the same,
    /// <see cref="AreAlike"/> tells some apart.</summary>
    /// <param name="username">The name as it is shown. It may be older than the rules for names.</param>
    public static string Of(string username) => Read(username).Replace(SmallI, SmallL).Replace(Either, SmallL);

    /// <summary>Whether one of two names can be taken for the other.</summary>
    public static bool AreAlike(string one, string other)
    {
        var (first, second) = (Read(one), Read(other));
        return first.Length == second.Length
            && first.Zip(second).All(pair => pair.First == pair.Second || MayBeEqual(pair.First, pair.Second));
    }

    /// <summary>What stands for all characters that look like this one.</summary>
    internal static string PrototypeOf(Rune character) => Prototypes.Of(character) ?? character.ToString();

    private static bool MayBeEqual(char one, char other) => one is Either
        ? other is SmallI or SmallL
        : other is Either && one is SmallI or SmallL;

    // The case is folded between two steps: only a small m looks like rn, and only a capital Cyrillic En like an H.
    private static string Read(string username)
    {
        Rune[] shown = [.. username.Normalize(NormalizationForm.FormKD).EnumerateRunes()];
        var inCapitals = IsInCapitals(shown);
        var prototypes = string.Concat(shown.Select(character =>
            PrototypeOf(character) is var prototype and not Stroke ? prototype : ReadStroke(character, inCapitals)));
        var small = Username.Fold(prototypes).ToLowerInvariant().Normalize(NormalizationForm.FormKD);
        return string.Concat(small.EnumerateRunes().Select(character =>
            character.Value is Either ? character.ToString() : PrototypeOf(character)));
    }

    // A letter among others of its case is what it is: the I of ALI is no l. Else, as in AI or 1, it may be l and i.
    private static string ReadStroke(Rune character, bool inCapitals) =>
        Rune.IsLower(character) && !inCapitals ? "l"
        : Rune.IsUpper(character) && inCapitals ? "I"
        : Either.ToString();

    // The first letter tells nothing, because it is a capital in Ian as in IAN; nor does a stroke.
    private static bool IsInCapitals(Rune[] shown)
    {
        Rune[] telling = [.. shown.Where(Rune.IsLetter).Skip(1).Where(letter => PrototypeOf(letter) is not Stroke)];
        return telling.Any(Rune.IsUpper) && !telling.Any(Rune.IsLower);
    }
}
