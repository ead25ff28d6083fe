namespace JoChat.Load.Torture;

/// <summary>What went wrong, counted by kind, the first of each kind in words. Not safe for several threads.</summary>
internal sealed class Findings
{
    private const int MostTold = 10;
    private readonly Dictionary<Finding, int> _counts = [];
    private readonly List<string> _told = [];

    public IReadOnlyList<string> Told => _told;

    public int Count(Finding finding) => _counts.GetValueOrDefault(finding);

    public void Add(Finding finding, string what)
    {
        var count = _counts[finding] = Count(finding) + 1;
        if (count <= MostTold) { _told.Add($"{finding.ToString().ToUpperInvariant()}: {what}"); }
    }
}

/// <summary>The kinds of broken promises.</summary>
internal enum Finding
{
    /// <summary>Acknowledged, and gone.</summary>
    Lost,

    /// <summary>Stored twice, or handed over again after it was known to be received.</summary>
    Duplicated,

    /// <summary>Not in the order of sending.</summary>
    Misordered,

    /// <summary>A message that nobody sent so.</summary>
    Altered,

    /// <summary>The server did what it must not: a refusal without a cause, an unreadable answer, silence.</summary>
    Fault,
}
