namespace JoChat.Cli.Terminals;

/// <summary>Tab completion: the first Tab inserts the first match, each further one the next match.</summary>
internal sealed class TabCycle
{
    private IReadOnlyList<string> _words = [];
    private int _start, _next;

    /// <summary>Ends the cycle: another key was pressed.</summary>
    public void Reset() => _words = [];

    /// <summary>Completes the word before the cursor.</summary>
    public void Advance(LineBuffer line, Completer completer)
    {
        if (_words.Count == 0)
        {
            var before = line.Text[..line.Cursor];
            _words = completer(before);
            _start = before.LastIndexOf(' ') + 1;
            _next = 0;
        }
        if (_words.Count == 0) { return; }
        line.Replace(_start, _words[_next] + " ");
        _next = (_next + 1) % _words.Count;
    }
}
