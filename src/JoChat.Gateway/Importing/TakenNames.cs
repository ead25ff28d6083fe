using System.Diagnostics.CodeAnalysis;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The names of accounts that are to be imported, and which names are free beside them.</summary>
internal sealed class TakenNames
{
    private readonly Dictionary<string, PlannedAccount> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PlannedAccount>> _bySkeleton = new(StringComparer.Ordinal);

    /// <summary>Lets an account keep its name, if the rules for accounts that exist allow it: those for new ones, such as
    /// that of reserved names, do not count. Else the account says why not.</summary>
    public bool TryKeep(PlannedAccount account)
    {
        account.WhyNot = FindWhyNot(account, out var name);
        if (name is null) { return false; }
        if (NewUsername.FindFault(name) is { } fault)
        {
            account.Note($"The name is kept, and nobody could sign it up any more: {fault}");
        }
        else if (FindAlike(name.Text) is { } other)
        {
            account.Note($"The name is kept, and looks like {Tell(other)}.");
        }
        Give(account, name);
        return true;
    }

    /// <summary>Why an account cannot keep its name; null if it can.</summary>
    /// <param name="account">The account.</param>
    /// <param name="name">The name, if it can.</param>
    public string? FindWhyNot(PlannedAccount account, out Username? name)
    {
        name = null;
        var original = account.Original.Name;
        if (original.IsNull) { return "It has no name."; }
        if (!original.IsText) { return "Username must be valid UTF-8."; }
        if (!Username.TryParse(original.Text, out var parsed, out var fault)) { return NameBlank(fault); }
        if (_byKey.TryGetValue(parsed.Key, out var same))
        {
            return same.Name!.Text == original.Text // who is in it has a name, by now perhaps another than before
                ? $"It is the name of {Tell(same)} too."
                : FormattableString.Invariant(
                    $"It differs from {ImportJson.Quote(same.Name.Text)} (account {same.Id.Value}) only in case or Unicode form.");
        }
        name = parsed;
        return null;
    }

    /// <summary>Judges a new name, as if somebody signed it up.</summary>
    /// <param name="text">The name.</param>
    /// <param name="name">The name, if it is free.</param>
    /// <param name="fault">Why it cannot be given; null if it can.</param>
    public bool IsFree(string text, [NotNullWhen(true)] out Username? name, [NotNullWhen(false)] out string? fault)
    {
        if (!Username.TryParse(text, out name, out fault))
        {
            fault = NameBlank(fault);
            return false;
        }
        fault = NewUsername.FindFault(name);
        if (fault is null && _byKey.TryGetValue(name.Key, out var same)) { fault = $"It is the name of {Tell(same)}."; }
        if (fault is null && FindAlike(name.Text) is { } alike) { fault = $"It looks like {Tell(alike)}."; }
        return fault is null;
    }

    /// <summary>Gives an account a name that is free.</summary>
    public void Give(PlannedAccount account, Username name)
    {
        account.Name = name;
        _byKey.Add(name.Key, account);
        var skeleton = Skeleton.Of(name.Text);
        if (!_bySkeleton.TryGetValue(skeleton, out var alike)) { _bySkeleton.Add(skeleton, alike = []); }
        alike.Add(account);
    }

    private PlannedAccount? FindAlike(string name) => _bySkeleton.GetValueOrDefault(Skeleton.Of(name))?
        .Find(other => Skeleton.AreAlike(name, other.Name!.Text)); // who is in it has a name

    // The most frequent of them is known by its name.
    private static string NameBlank(string fault) =>
        fault.Replace("the character U+0020", "a blank (U+0020)", StringComparison.Ordinal);

    private static string Tell(PlannedAccount other) =>
        FormattableString.Invariant($"{ImportJson.Quote(other.Name!.Text)}, account {other.Id.Value}");
}
