namespace JoChat.Cli.Terminals;

/// <summary>Edits one line at a time, key by key. It knows nothing of the screen.</summary>
internal sealed class LineEditor
{
    private readonly LineHistory _history = new();
    private readonly TabCycle _tab = new();
    private LinePrompt _prompt = LinePrompt.Question("");
    private char? _highSurrogate;

    /// <summary>The line as it stands.</summary>
    public LineBuffer Line { get; } = new();

    /// <summary>Starts an empty line.</summary>
    public void Begin(LinePrompt prompt)
    {
        _prompt = prompt;
        _highSurrogate = null;
        _tab.Reset();
        Line.Set("");
    }

    /// <summary>Takes one key.</summary>
    /// <returns>Whether the line is still being edited, was submitted, or the input ended instead.</returns>
    public EditOutcome Apply(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Tab && key.Modifiers == 0)
        {
            if (_prompt.Completer is { } completer) { _tab.Advance(Line, completer); }
            return EditOutcome.Editing;
        }
        _tab.Reset();
        if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
        {
            if (_prompt.IsChatLine) { _history.Add(Line.Text); }
            return EditOutcome.Submitted;
        }
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control)) { return ApplyControl(key.Key); }
        ApplyPlain(key);
        return EditOutcome.Editing;
    }

    private EditOutcome ApplyControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A: Line.MoveHome(); break;
            case ConsoleKey.E: Line.MoveEnd(); break;
            case ConsoleKey.B: Line.MoveLeft(); break;
            case ConsoleKey.F: Line.MoveRight(); break;
            case ConsoleKey.H or ConsoleKey.Backspace: Line.DeleteLeft(); break;
            case ConsoleKey.U: Line.DeleteToStart(); break;
            case ConsoleKey.K: Line.DeleteToEnd(); break;
            case ConsoleKey.W: Line.DeleteWord(); break;
            case ConsoleKey.P: Recall(_prompt.IsChatLine ? _history.Older(Line.Text) : null); break;
            case ConsoleKey.N: Recall(_prompt.IsChatLine ? _history.Newer() : null); break;
            case ConsoleKey.D when Line.Text.Length == 0: return EditOutcome.EndOfInput;
            case ConsoleKey.D: Line.DeleteRight(); break;
        }
        return EditOutcome.Editing;
    }

    private void ApplyPlain(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: Line.MoveLeft(); break;
            case ConsoleKey.RightArrow: Line.MoveRight(); break;
            case ConsoleKey.Home: Line.MoveHome(); break;
            case ConsoleKey.End: Line.MoveEnd(); break;
            case ConsoleKey.Backspace: Line.DeleteLeft(); break;
            case ConsoleKey.Delete: Line.DeleteRight(); break;
            case ConsoleKey.UpArrow: Recall(_prompt.IsChatLine ? _history.Older(Line.Text) : null); break;
            case ConsoleKey.DownArrow: Recall(_prompt.IsChatLine ? _history.Newer() : null); break;
            default: Type(key.KeyChar); break;
        }
    }

    private void Recall(string? line)
    {
        if (line is not null) { Line.Set(line); }
    }

    // A character beyond the basic plane comes as two keys.
    private void Type(char typed)
    {
        if (char.IsHighSurrogate(typed))
        {
            _highSurrogate = typed;
            return;
        }
        var high = _highSurrogate;
        _highSurrogate = null;
        if (char.IsLowSurrogate(typed))
        {
            if (high is { } first) { Line.Insert(new string([first, typed])); }
        }
        else if (!char.IsControl(typed))
        {
            Line.Insert(typed.ToString());
        }
    }
}

/// <summary>The state of the line after a key.</summary>
internal enum EditOutcome
{
    /// <summary>The line is still being edited.</summary>
    Editing,

    /// <summary>The line was submitted.</summary>
    Submitted,

    /// <summary>End of input: Ctrl-D on the empty line.</summary>
    EndOfInput,
}
