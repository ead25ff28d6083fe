namespace JoChat.Cli.Terminals;

/// <summary>The lines submitted before, to be recalled: of one account, because they may be private.</summary>
internal sealed class LineHistory
{
    private const int Capacity = 500; // lines

    private readonly List<RecalledLine> _lines = [];
    private RecalledLine _draft;
    private int _position;

    /// <summary>How many lines are remembered.</summary>
    public int Count => _lines.Count;

    /// <summary>A line, 0 being the oldest.</summary>
    public RecalledLine this[int index] => _lines[index];

    /// <summary>Remembers a line, the newest; an empty one or a repetition of the last is left out.</summary>
    public void Add(RecalledLine line)
    {
        if (line.Text.Length > 0 && (_lines.Count == 0 || _lines[^1].Text != line.Text))
        {
            if (_lines.Count == Capacity) { _lines.RemoveAt(0); }
            _lines.Add(line);
        }
        Rewind();
    }

    /// <summary>Begins at the newest again: another line is being typed.</summary>
    public void Rewind() => _position = _lines.Count;

    /// <summary>The line before; null at the oldest. The line being typed is kept when leaving it.</summary>
    public RecalledLine? Older(RecalledLine current)
    {
        if (_position == 0) { return null; }
        if (_position == _lines.Count) { _draft = current; }
        return _lines[--_position];
    }

    /// <summary>The line after, in the end the one that was being typed; null there.</summary>
    public RecalledLine? Newer()
    {
        if (_position == _lines.Count) { return null; }
        return ++_position == _lines.Count ? _draft : _lines[_position];
    }

    /// <summary>The newest line at an index or before it that holds a text.</summary>
    /// <returns>Its index; −1 if there is none.</returns>
    public int Find(string text, int from)
    {
        for (var index = Math.Min(from, _lines.Count - 1); index >= 0; index--)
        {
            if (_lines[index].Text.Contains(text, StringComparison.OrdinalIgnoreCase)) { return index; }
        }
        return -1;
    }
}

/// <summary>A line to be typed again.</summary>
/// <param name="Text">The line.</param>
/// <param name="HasPastedLines">As of <see cref="TypedLine"/>.</param>
internal readonly record struct RecalledLine(string Text, bool HasPastedLines);
