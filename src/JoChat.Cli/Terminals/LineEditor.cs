using System.Text;

namespace JoChat.Cli.Terminals;

/// <summary>Edits one line at a time, key by key. It knows nothing of the screen.</summary>
internal sealed class LineEditor
{
    private static readonly RecalledLine Empty = new("", HasPastedLines: false);

    private readonly TabCycle _tab = new();
    private readonly KillBuffer _killed = new();
    private LinePrompt _prompt = LinePrompt.Question("");
    private HistorySearch? _search;
    private bool _hasPasted;

    /// <summary>The line as it stands.</summary>
    public LineBuffer Line { get; } = new();

    /// <summary>The search in the history that is under way; null if none is.</summary>
    public HistorySearch? Search => _search;

    /// <summary>The line as it would be submitted.</summary>
    public TypedLine Typed => new(Line.Text) { HasPastedLines = Current.HasPastedLines };

    private RecalledLine Current => new(Line.Text, _hasPasted && Line.Text.Contains('\n'));

    /// <summary>Starts a line.</summary>
    public void Begin(LinePrompt prompt)
    {
        _prompt = prompt;
        _search = null;
        _tab.Reset();
        _killed.Close();
        _prompt.History?.Rewind();
        Recall(new RecalledLine(prompt.Begun.Text ?? "", prompt.Begun.HasPastedLines));
    }

    /// <summary>Takes keys that arrived together, as text of a terminal that does not tell pastes: a Tab completes nothing,
    /// and only a newline at the end submits.</summary>
    public EditOutcome ApplyBurst(ReadOnlySpan<KeyStroke> keys)
    {
        _search = null;
        var text = new StringBuilder();
        for (var index = 0; index < keys.Length; index++)
        {
            var key = keys[index];
            var isLast = index == keys.Length - 1;
            var typed = key switch
            {
                { Modifiers: not KeyModifiers.None } => null,
                { Code: KeyCode.Character } => key.Text,
                { Code: KeyCode.Tab } => "\t",
                { Code: KeyCode.Enter } when !isLast => "\n",
                _ => null,
            };
            text.Append(typed);
            if (typed is not null && !isLast) { continue; }
            if (InsertPasted(text.ToString()) == EditOutcome.TooLong) { return EditOutcome.TooLong; }
            text.Clear();
            if (typed is not null) { break; }
            var outcome = Apply(key);
            if (outcome is not (EditOutcome.Editing or EditOutcome.Refused)) { return outcome; }
        }
        return EditOutcome.Editing;
    }

    /// <summary>Takes one key.</summary>
    public EditOutcome Apply(KeyStroke key)
    {
        if (_search is not null && ApplySearch(_search, key) is { } searched) { return searched; }
        if (key is { Code: KeyCode.Tab, Modifiers: KeyModifiers.None })
        {
            if (_prompt.Completer is { } completer) { _tab.Advance(Line, completer); }
            return EditOutcome.Editing;
        }
        _tab.Reset();
        if (TryKill(key)) { return EditOutcome.Editing; }
        _killed.Close();
        return key.Modifiers switch
        {
            _ when key.Code == KeyCode.Enter => ApplyEnter(key.Modifiers),
            _ when key.Code == KeyCode.Paste => ApplyPaste(key.Text),
            _ when key.Code == KeyCode.HugePaste => EditOutcome.TooLong,
            _ when key.Code == KeyCode.Malformed => ApplyMalformed(),
            KeyModifiers.Control when key.Code == KeyCode.Character => ApplyControl(key.Text),
            KeyModifiers.None => ApplyPlain(key),
            KeyModifiers.Shift => ApplyPlain(key),
            _ => ApplyWord(key),
        };
    }

    private EditOutcome ApplyEnter(KeyModifiers modifiers)
    {
        if (modifiers != KeyModifiers.None)
        {
            return _prompt.IsChatLine ? Insert("\n") : EditOutcome.Refused;
        }
        _prompt.History?.Add(Current);
        return EditOutcome.Submitted;
    }

    // Nobody sees that something is missing from a secret, so two different ones would become one: a mark stays, with
    // which no secret is accepted.
    private EditOutcome ApplyMalformed()
    {
        if (_prompt.IsSecret) { Insert("\uFFFD"); }
        return EditOutcome.Refused;
    }

    private EditOutcome ApplyPaste(string text)
    {
        var pasted = text.EndsWith('\n') ? text[..^1] : text;
        if (_prompt.IsConfirmation || (!_prompt.IsChatLine && pasted.Contains('\n'))) { return EditOutcome.Refused; }
        return InsertPasted(pasted);
    }

    private EditOutcome InsertPasted(string text)
    {
        if (!Line.TryInsert(text)) { return EditOutcome.TooLong; }
        _hasPasted |= text.Contains('\n');
        return EditOutcome.Editing;
    }

    private EditOutcome Insert(string text) => Line.TryInsert(text) ? EditOutcome.Editing : EditOutcome.Refused;

    private EditOutcome ApplyControl(string letter)
    {
        switch (letter)
        {
            case "a": Line.MoveHome(); break;
            case "b": Line.MoveLeft(); break;
            case "c": return Interrupt();
            case "d" when Line.Text.Length == 0: return EditOutcome.EndOfInput;
            case "d": Line.DeleteRight(); break;
            case "e": Line.MoveEnd(); break;
            case "f": Line.MoveRight(); break;
            case "l": return EditOutcome.ScreenCleared;
            case "n": return Recall(_prompt.History?.Newer());
            case "p": return Recall(_prompt.History?.Older(Current));
            case "r" when _prompt.History is { } history: _search = new HistorySearch(history, Current); break;
            case "y":
                _hasPasted |= _killed.IsPasted;
                return Insert(_killed.Text);
            default: return EditOutcome.Refused;
        }
        return EditOutcome.Editing;
    }

    // A line that is not seen is given up as a whole.
    private EditOutcome Interrupt()
    {
        if (Line.Text.Length == 0 || _prompt.IsSecret) { return EditOutcome.Interrupted; }
        _prompt.History?.Rewind();
        Recall(Empty);
        return EditOutcome.Editing;
    }

    private EditOutcome ApplyPlain(KeyStroke key)
    {
        switch (key.Code)
        {
            case KeyCode.Character: return Insert(key.Text);
            case KeyCode.Left: Line.MoveLeft(); break;
            case KeyCode.Right: Line.MoveRight(); break;
            case KeyCode.Home: Line.MoveHome(); break;
            case KeyCode.End: Line.MoveEnd(); break;
            case KeyCode.Backspace: Line.DeleteLeft(); break;
            case KeyCode.Delete: Line.DeleteRight(); break;
            case KeyCode.Up: return Recall(_prompt.History?.Older(Current));
            case KeyCode.Down: return Recall(_prompt.History?.Newer());
        }
        return EditOutcome.Editing;
    }

    // With Alt or Control, or both.
    private EditOutcome ApplyWord(KeyStroke key)
    {
        switch (key.Code, key.Text)
        {
            case (KeyCode.Left, _) or (KeyCode.Character, "b"): Line.MoveWordLeft(); break;
            case (KeyCode.Right, _) or (KeyCode.Character, "f"): Line.MoveWordRight(); break;
            case (KeyCode.Home, _): Line.MoveHome(); break;
            case (KeyCode.End, _): Line.MoveEnd(); break;
        }
        return EditOutcome.Editing;
    }

    private bool TryKill(KeyStroke key)
    {
        var isControl = key.Modifiers == KeyModifiers.Control;
        var isAlt = key.Modifiers == KeyModifiers.Alt;
        var isPasted = Current.HasPastedLines;
        (string Text, bool IsBefore)? killed = (key.Code, key.Text) switch
        {
            (KeyCode.Character, "u") when isControl => (Line.DeleteToStart(), true),
            (KeyCode.Character, "k") when isControl => (Line.DeleteToEnd(), false),
            (KeyCode.Character, "w") when isControl => (Line.DeleteToBlank(), true),
            (KeyCode.Character, "d") when isAlt => (Line.DeleteWordRight(), false),
            (KeyCode.Backspace, _) when isAlt || isControl => (Line.DeleteWordLeft(), true),
            (KeyCode.Delete, _) when isAlt || isControl => (Line.DeleteWordRight(), false),
            _ => null,
        };
        if (killed is { } text && !_prompt.IsSecret) { _killed.Add(text.Text, text.IsBefore, isPasted); }
        return killed is not null;
    }

    // Null if the key ends the search and has its usual effect on the line found.
    private EditOutcome? ApplySearch(HistorySearch search, KeyStroke key)
    {
        var isFound = true;
        if (key is { Code: KeyCode.Character, Modifiers: KeyModifiers.None }) { isFound = search.Extend(key.Text); }
        else if (key.IsControl("r")) { isFound = search.Older(); }
        else if (key.Code == KeyCode.Backspace) { isFound = search.Shorten(); }
        else
        {
            _search = null;
            if (key.IsControl("g") || key.IsControl("c")) { return Recall(search.Original); }
            return key.Code == KeyCode.Escape ? EditOutcome.Editing : null;
        }
        Recall(search.Found);
        return isFound ? EditOutcome.Editing : EditOutcome.Refused;
    }

    private EditOutcome Recall(RecalledLine? line)
    {
        if (line is not { } recalled) { return EditOutcome.Editing; }
        Line.Set(recalled.Text);
        _hasPasted = recalled.HasPastedLines;
        return EditOutcome.Editing;
    }
}
