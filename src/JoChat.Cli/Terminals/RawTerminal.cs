using System.Globalization;
using System.Text;
using JoChat.Cli.Display;

namespace JoChat.Cli.Terminals;

/// <summary>A terminal with a line editor on its last line; other output appears above it.</summary>
/// <param name="keys">The keys pressed.</param>
/// <param name="device">The terminal.</param>
/// <param name="screen">Understands carriage return and the ANSI sequences for erasing to the end of the line or screen and
/// for moving. Used only under the lock.</param>
/// <param name="time">Tells when a question was shown.</param>
/// <param name="ink">Colours the marks in the line.</param>
internal sealed partial class RawTerminal(
    KeyReader keys, ITerminalDevice device, TextWriter screen, TimeProvider time, Ink ink) : ITerminal
{
    private const string EraseLine = "\r\e[K", EraseBelow = "\r\e[J", EraseScreen = "\e[H\e[J";
    private const int NarrowestLine = 8; // columns

    // Guards everything below: keys, arriving messages and signals come on different threads.
    private readonly Lock _gate = new();
    private readonly LineEditor _editor = new();
    private LineWindow _window = new(ink);
    private LinePrompt? _asking;
    private long _asked;
    private bool _isPasteExplained; // once a question

    // Rows printed so far, and the number of the screen on which they are: another after a resize and the like.
    private long _rows;
    private int _screenful;

    /// <inheritdoc/>
    public async Task<TypedLine> ReadLineAsync(LinePrompt prompt, CancellationToken cancellation)
    {
        Begin(prompt);
        var isSubmitted = false;
        try
        {
            while (await keys.ReadAsync(cancellation) is { } burst)
            {
                switch (Take(burst, prompt))
                {
                    case EditOutcome.Submitted:
                        isSubmitted = true;
                        return _editor.Typed;
                    case EditOutcome.EndOfInput: return new TypedLine(null);
                    case EditOutcome.Interrupted: return new TypedLine(null) { IsInterrupted = true };
                }
                prompt.Edited?.Invoke(_editor.Line.Text);
            }
            return new TypedLine(null);
        }
        finally
        {
            End(isErased: prompt.IsChatLine && isSubmitted);
        }
    }

    /// <inheritdoc/>
    public WrittenLine WriteLine(ScreenLine line)
    {
        lock (_gate)
        {
            var rows = ScreenRows.Of(line, device.Size.Columns);
            var written = new WrittenLine { Row = _rows, RowCount = rows.Count, Screenful = _screenful };
            var text = string.Join("\r\n", rows) + "\r\n";
            _rows += rows.Count;
            Print(IsPromptShown ? EraseLine + text + Picture() : text);
            return written;
        }
    }

    /// <inheritdoc/>
    public bool TryRewrite(WrittenLine written, ScreenLine line)
    {
        lock (_gate)
        {
            var (columns, height) = device.Size;
            var rows = ScreenRows.Of(line, columns);
            var up = _rows - written.Row;
            if (written.Screenful != _screenful || rows.Count != written.RowCount || up >= height || IsAway)
            {
                return false;
            }
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"\r\e[{up}A");
            foreach (var row in rows) { text.Append(row).Append("\e[K\r\n"); }
            if (up > rows.Count) { text.Append(CultureInfo.InvariantCulture, $"\e[{up - rows.Count}B"); }
            Print(IsPromptShown ? text + Picture() : text.ToString());
            return true;
        }
    }

    /// <inheritdoc/>
    public bool IsRewriting => true;

    /// <inheritdoc/>
    public void Refresh()
    {
        lock (_gate)
        {
            if (IsPromptShown) { Print(Picture()); }
        }
    }

    /// <inheritdoc/>
    public void Notify(string text)
    {
        lock (_gate)
        {
            if (_isLookedAt is true || IsAway) { return; }
            Print(text.Length == 0 ? "\a" : $"\a\e]9;{SafeText.Of(text)}\a");
        }
    }

    private bool IsPromptShown => _asking is not null && !IsAway;

    private void Begin(LinePrompt prompt)
    {
        lock (_gate)
        {
            if (prompt.IsConfirmation) { device.DiscardInput(); }
            EnterRaw();
            _asking = prompt;
            _asked = time.GetTimestamp();
            _isPasteExplained = false;
            _window = new LineWindow(ink);
            _editor.Begin(prompt);
            if (IsPromptShown) { Print(Picture()); }
        }
    }

    private EditOutcome Take(KeyBurst burst, LinePrompt prompt)
    {
        lock (_gate)
        {
            var outcome = prompt.IsConfirmation && IsNoAnswer(burst) ? EditOutcome.Editing
                : burst.IsBurst && prompt.IsChatLine ? Answer(_editor.ApplyBurst(burst.Keys), burst.Keys)
                : TakeOneByOne(burst);
            if (IsPromptShown) { Print(Picture()); }
            return outcome;
        }
    }

    private bool IsNoAnswer(KeyBurst burst)
    {
        if (burst.At < _asked) { return true; } // pressed before there was a question
        if (!burst.IsBurst && burst.Keys[0].Code is not (KeyCode.Paste or KeyCode.HugePaste)) { return false; }
        Print("\a");
        if (!_isPasteExplained)
        {
            WriteLine(new ScreenLine("! Type the answer key by key: what is pasted does not count."));
        }
        _isPasteExplained = true;
        return true;
    }

    private EditOutcome TakeOneByOne(KeyBurst burst)
    {
        for (var index = 0; index < burst.Keys.Length; index++)
        {
            var outcome = Answer(_editor.Apply(burst.Keys[index]), burst.Keys.AsSpan(index, 1));
            if (outcome == EditOutcome.Editing) { continue; }
            if (index + 1 < burst.Keys.Length) { keys.PutBack(burst with { Keys = burst.Keys[(index + 1)..] }); }
            return outcome;
        }
        return EditOutcome.Editing;
    }

    // Does what the editor wants done to the screen.
    private EditOutcome Answer(EditOutcome outcome, ReadOnlySpan<KeyStroke> taken)
    {
        switch (outcome)
        {
            case EditOutcome.Refused: Print("\a"); break;
            case EditOutcome.TooLong:
                Print("\a");
                WriteLine(new ScreenLine(Explain(taken)));
                break;
            case EditOutcome.ScreenCleared:
                Print(EraseScreen);
                _screenful++;
                break;
            default: return outcome;
        }
        return EditOutcome.Editing;
    }

    private string Explain(ReadOnlySpan<KeyStroke> pasted)
    {
        long bytes = 0;
        foreach (var key in pasted)
        {
            bytes += key.Code == KeyCode.HugePaste ? key.PastedBytes : Math.Max(1, Encoding.UTF8.GetByteCount(key.Text));
        }
        var before = Encoding.UTF8.GetByteCount(_editor.Line.Text);
        var subject = before == 0 ? "The paste is" : "With the paste the line would be";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"! {subject} {before + bytes:N0} bytes long; a message takes {LineBuffer.MaxBytes:N0}. Nothing was inserted.");
    }

    private void End(bool isErased)
    {
        lock (_gate)
        {
            var wasShown = IsPromptShown;
            _asking = null;
            if (wasShown) { Print(isErased ? EraseLine : "\r\n"); }
            if (!isErased) { _rows++; }
            if (IsTemporary) { LeaveRaw(); }
        }
    }

    private void Print(string text)
    {
        try
        {
            screen.Write(text);
            screen.Flush();
        }
        catch (IOException)
        {
            // The terminal is gone: a signal or the end of input follows.
        }
    }

    /// <summary>The whole input line, and the cursor in its place. It never reaches the last column, where terminals
    /// would wrap.</summary>
    private string Picture()
    {
        var prompt = _asking!; // nothing is drawn while nothing is asked
        var columns = Math.Max(device.Size.Columns - 1, 2 * NarrowestLine);
        var label = Cut(
            _editor.Search is { } search
                ? $"({(search.HasFound ? "search" : "not found")}: {SafeText.Of(search.Term)}) "
                : prompt.Text(),
            prompt.IsChatLine ? columns / 2 : columns - NarrowestLine);
        var labelColumns = CellWidth.Of(label);
        var (text, cursor) = prompt.IsSecret
            ? ("", 0)
            : _window.Show(_editor.Line.Text, _editor.Line.Cursor, columns - labelColumns);
        var column = labelColumns + cursor;
        var place = column == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\e[{column}C");
        return $"\r{label}{text}\e[K\r{place}";
    }

    private static string Cut(string label, int columns)
    {
        while (CellWidth.Of(label) > columns)
        {
            label = label[StringInfo.GetNextTextElementLength(label)..];
        }
        return label;
    }
}
