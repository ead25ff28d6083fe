namespace JoChat.Cli.Terminals;

/// <summary>The lines submitted before, for the up and down keys.</summary>
internal sealed class LineHistory
{
    private const int Capacity = 500; // lines

    private readonly List<string> _lines = [];
    private string _draft = "";
    private int _position;

    /// <summary>Remembers a line, the newest; an empty one or a repetition of the last is left out.</summary>
    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
        {
            if (_lines.Count == Capacity) { _lines.RemoveAt(0); }
            _lines.Add(line);
        }
        _position = _lines.Count;
        _draft = "";
    }

    /// <summary>The line before; null at the oldest. The line being typed is kept when leaving it.</summary>
    public string? Older(string current)
    {
        if (_position == 0) { return null; }
        if (_position == _lines.Count) { _draft = current; }
        return _lines[--_position];
    }

    /// <summary>The line after, in the end the one that was being typed; null there.</summary>
    public string? Newer()
    {
        if (_position == _lines.Count) { return null; }
        return ++_position == _lines.Count ? _draft : _lines[_position];
    }
}
