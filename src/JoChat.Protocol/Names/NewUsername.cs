using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace JoChat.Protocol;

/// <summary>The rules for names that are signed up, so that none can pass for another or for the server. Names that are
/// older need not keep them.</summary>
public static class NewUsername
{
    private const int MaxMarksInRow = 3;

    private static readonly string[] Reserved =
    [
        "admin", "administrator", "all", "channel", "everybody", "everyone", "here", "jochat", "moderator", "nobody",
        "null", "official", "operator", "root", "security", "server", "staff", "support", "sysadmin", "system",
        "webmaster",
    ];

    private static readonly FrozenDictionary<string, string> ReservedBySkeleton =
        Reserved.ToFrozenDictionary(Skeleton.Of, StringComparer.Ordinal);

    /// <summary>Judges a name that keeps the rules for all names.</summary>
    /// <returns>Which rule it breaks, for people; null if none.</returns>
    public static string? FindFault(Username name)
    {
        if (FindForbidden(name.Text) is { } forbidden)
        {
            return Invariant($"Username must not contain the character U+{forbidden.Value:X4}.");
        }
        if (BeginsAsCommand(name.Text)) { return "Username must not begin with /, @ or #."; }
        if (IsMark(name.Text.EnumerateRunes().First())) { return "Username must not begin with a combining mark."; }
        if (LongestRowOfMarks(name.Text) > MaxMarksInRow)
        {
            return Invariant($"Username must not have more than {MaxMarksInRow} combining marks in a row.");
        }
        if (!WritingSystem.IsOne(name.Text)) { return "Username must be in one script, not in a mixture."; }
        return IsReserved(name.Text) ? "Username must not look like a reserved one." : null;
    }

    private static bool IsReserved(string text) =>
        ReservedBySkeleton.TryGetValue(Skeleton.Of(text), out var reserved) && Skeleton.AreAlike(text, reserved);

    // U+FFFC and U+FFFD stand for what is not text, or was lost; what private use looks like, nobody knows.
    private static Rune? FindForbidden(string text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            var isForbidden = character.Value is 0xFFFC or 0xFFFD
                || Rune.GetUnicodeCategory(character) is UnicodeCategory.PrivateUse;
            if (isForbidden) { return character; }
        }
        return null;
    }

    // Letters may look like them and are no danger: the katakana no does.
    private static bool BeginsAsCommand(string text)
    {
        var first = text.Normalize(NormalizationForm.FormKD).EnumerateRunes().First();
        return !Rune.IsLetter(first) && Skeleton.PrototypeOf(first) is "/" or "@" or "#";
    }

    private static int LongestRowOfMarks(string text)
    {
        var (row, longest) = (0, 0);
        foreach (var character in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            row = IsMark(character) ? row + 1 : 0;
            longest = Math.Max(longest, row);
        }
        return longest;
    }

    private static bool IsMark(Rune character) => Rune.GetUnicodeCategory(character) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
