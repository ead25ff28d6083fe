namespace JoChat.Load.Torture;

/// <summary>What went wrong: counts by kind, and the first of each kind in words. Not thread-safe.</summary>
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
    /// <summary>Acknowledged, and not there.</summary>
    Lost,

    /// <summary>Stored twice, or delivered again after its receipt.</summary>
    Duplicated,

    /// <summary>Not in the order of sending.</summary>
    Misordered,

    /// <summary>A text that nobody sent like that.</summary>
    Altered,

    /// <summary>The server broke a rule: a refusal without a cause, a wrong or unreadable answer, silence.</summary>
    Fault,
}
