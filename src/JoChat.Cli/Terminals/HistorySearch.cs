namespace JoChat.Cli.Terminals;

/// <summary>The search for a line of the history while its text is typed, as Ctrl-R begins it.</summary>
/// <param name="history">Where to search.</param>
/// <param name="original">The line that was being typed.</param>
internal sealed class HistorySearch(LineHistory history, RecalledLine original)
{
    private int _found = history.Count;

    /// <summary>What is searched for.</summary>
    public string Term { get; private set; } = "";

    /// <summary>Whether there was such a line when it was last looked for.</summary>
    public bool HasFound { get; private set; } = true;

    /// <summary>The line that was being typed.</summary>
    public RecalledLine Original => original;

    /// <summary>The line found; what was being typed before anything was.</summary>
    public RecalledLine Found => _found < history.Count ? history[_found] : original;

    /// <summary>Adds to what is searched for.</summary>
    /// <returns>Whether a line was found; else what stands there stays.</returns>
    public bool Extend(string text)
    {
        Term += text;
        return Find(_found);
    }

    /// <summary>Takes the last character back, and searches from the newest line.</summary>
    public bool Shorten()
    {
        if (Term.Length == 0) { return false; }
        Term = Term[..^(char.IsLowSurrogate(Term[^1]) ? 2 : 1)];
        return Find(history.Count);
    }

    /// <summary>Goes on to an older line.</summary>
    public bool Older() => Find(_found - 1);

    private bool Find(int from)
    {
        var found = Term.Length == 0 ? _found : history.Find(Term, from);
        HasFound = found >= 0;
        if (HasFound) { _found = found; }
        return HasFound;
    }
}
