namespace JoChat.Storage;

/// <summary>A line of a manifest: of a table, or of what one account has sent another.</summary>
/// <param name="Table">The number of the table, by which lines are ordered.</param>
/// <param name="Name">Its name.</param>
/// <param name="Pair">Sender and recipient; 0 if it is the whole table.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Hash">The SHA-256 over all values of these rows in their order.</param>
internal readonly record struct ManifestLine(
    int Table, string Name, (long Sender, long Recipient) Pair, long Rows, string Hash)
{
    /// <summary>What it is about.</summary>
    public string Subject => Pair == default
        ? Name
        : FormattableString.Invariant($"{Name} {Pair.Sender} {Pair.Recipient}");

    /// <summary>The order of lines.</summary>
    public int ComparePlace(in ManifestLine other) => (Table, Pair).CompareTo((other.Table, other.Pair));

    /// <summary>The text: subject, rows, hash.</summary>
    public override string ToString() => FormattableString.Invariant($"{Subject} {Rows} {Hash}");
}
