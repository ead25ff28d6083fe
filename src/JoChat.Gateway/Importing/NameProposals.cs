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

    private readonly Dictionary<string, int> _nextNumber = new(StringComparer.Ordinal);

    /// <summary>A name that is free.</summary>
    public Username Propose(string old) => Find(Repair(old)) ?? Find(Fallback)
        ?? throw new InvalidOperationException("No name is free.");

    private Username? Find(string beginning)
    {
        if (beginning.Length == 0) { return null; }
        if (!_nextNumber.TryGetValue(beginning, out var number))
        {
            _nextNumber.Add(beginning, number = 2);
            if (taken.IsFree(beginning, out var name, out _)) { return name; }
        }
        while (IsAllowed(Numbered(beginning, number), out var numbered))
        {
            _nextNumber[beginning] = ++number;
            if (taken.IsFree(numbered.Text, out var name, out _)) { return name; }
        }
        return null;
    }

    private static bool IsAllowed(string text, out Username name) =>
        Username.TryParse(text, out name!, out _) && NewUsername.FindFault(name) is null;

    private static string Numbered(string beginning, int number)
    {
        var end = number.ToString(CultureInfo.InvariantCulture);
        return Cut(beginning, Limits.MaxUsernameCharacters - end.Length) + end;
    }

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
