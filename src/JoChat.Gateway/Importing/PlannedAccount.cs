using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>An account of the original, and what becomes of it.</summary>
/// <param name="id">Its id, the original's where that can be kept.</param>
/// <param name="original">What it was.</param>
internal sealed class PlannedAccount(AccountId id, OriginalAccount original)
{
    private readonly List<string> _notes = [];

    public AccountId Id => id;

    public OriginalAccount Original => original;

    /// <summary>Its name; null until it is decided.</summary>
    public Username? Name { get; set; }

    /// <summary>Why it cannot keep the name it had; null if it can.</summary>
    public string? WhyNot { get; set; }

    /// <summary>Whether a file has named it anew.</summary>
    public bool IsRenamed { get; set; }

    /// <summary>Whether its name is another than before. The same one in normalisation form C is none.</summary>
    public bool HasNewName => WhyNot is not null
        || (IsRenamed && !(Username.TryParse(OldName ?? "", out var old, out _) && old.Text == Name?.Text));

    /// <summary>Whether it cannot log in.</summary>
    public bool IsLocked { get; set; }

    /// <summary>What the report says of it.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The name it had; null if it had none.</summary>
    public string? OldName => original.Name.IsNull ? null : original.Name.Text;

    /// <summary>The same for people, in quotes.</summary>
    public string Shown => OldName is { } name ? ImportJson.Quote(name) : "null";

    /// <summary>Adds a sentence for the report.</summary>
    public void Note(string what) => _notes.Add(what);

    /// <summary>Gives each row of the original an id: its own if that is positive and no other's, else a new one above
    /// all.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="last">The highest id that the original has given.</param>
    public static List<PlannedAccount> Number(IReadOnlyList<OriginalAccount> rows, ref long last)
    {
        var (kept, used) = (new List<PlannedAccount>(rows.Count), new HashSet<long>());
        var others = new List<OriginalAccount>();
        foreach (var row in rows)
        {
            if (row.Id.Number is > 0 and <= OriginalDatabase.MaxId and var id && used.Add(id))
            {
                kept.Add(new PlannedAccount(new AccountId(id), row));
            }
            else { others.Add(row); }
        }
        kept.Sort((one, other) => one.Id.Value.CompareTo(other.Id.Value));
        foreach (var row in others)
        {
            var numbered = new PlannedAccount(new AccountId(++last), row);
            numbered.Note("The id was not a positive number, or another account's, and is a new one.");
            kept.Add(numbered);
        }
        return kept;
    }
}
