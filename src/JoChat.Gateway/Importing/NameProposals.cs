using System.Globalization;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Proposes names for accounts that cannot keep theirs: the old name without what is not allowed, and with a number
/// behind it if that is taken.</summary>
internal sealed class NameProposals(TakenNames taken)
{
    private const string Fallback = "user"; // where nothing is left of the old name
    private const char InPlaceOfForbidden = '_';

    // Where to go on behind a beginning, which names that look alike share. Without it thousands of long names that differ
    // in case, or behind what is cut off for the number, would each try all that the others have got.
    private readonly Dictionary<(string Skeleton, int Digits), long> _nextNumber = [];

    /// <summary>A name that is free.</summary>
    public Username Propose(string old) => Find(Repair(old)) ?? Find(Fallback)
        ?? throw new InvalidOperationException("No name is free.");

    private Username? Find(string beginning)
    {
        if (beginning.Length == 0) { return null; }
        if (taken.IsFree(beginning, out var name, out _)) { return name; }
        var (first, end) = (2L, 10L);
        for (var digits = 1; ; digits++, (first, end) = (end, 10 * end))
        {
            var cut = Cut(beginning, Limits.MaxUsernameCharacters - digits);
            var key = (Skeleton.Of(cut), digits);
            for (var number = _nextNumber.GetValueOrDefault(key, first); number < end; number++)
            {
                if (!IsAllowed(string.Create(CultureInfo.InvariantCulture, $"{cut}{number}"), out var numbered)) { return null; }
                _nextNumber[key] = number + 1;
                if (taken.IsFree(numbered.Text, out name, out _)) { return name; }
            }
        }
    }

    private static bool IsAllowed(string text, out Username name) =>
        Username.TryParse(text, out name!, out _) && NewUsername.FindFault(name) is null;

    private static string Repair(string old)
    {
        var repaired = new StringBuilder();
        // First, as Normalize throws if there is U+FFFE or a lone surrogate. Marks that combine with a letter make the name
        // longer than it is.
        foreach (var character in old.EnumerateRunes().Take(8 * Limits.MaxUsernameCharacters))
        {
            var isAllowed = character != Rune.ReplacementChar && Username.Allows(character);
            repaired.Append(isAllowed ? character.ToString() : InPlaceOfForbidden.ToString());
        }
        var text = Cut(repaired.ToString().Normalize(NormalizationForm.FormC), Limits.MaxUsernameCharacters);
        return text == old ? text : text.Trim(InPlaceOfForbidden);
    }

    private static string Cut(string text, int characters) => string.Concat(text.EnumerateRunes().Take(characters));
}
