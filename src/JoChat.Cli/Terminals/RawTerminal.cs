using System.Globalization;
using System.Threading.Channels;
using JoChat.Cli.Display;

namespace JoChat.Cli.Terminals;

/// <summary>A terminal with a line editor on its last line; other output appears above it.</summary>
/// <param name="keys">The keys pressed; completed at the end of input.</param>
/// <param name="screen">Understands carriage return and the ANSI sequences for erasing to the end of the line and for
/// moving right. Used only under the lock.</param>
/// <param name="width">The screen's columns now.</param>
internal sealed class RawTerminal(ChannelReader<ConsoleKeyInfo> keys, TextWriter screen, Func<int> width) : ITerminal
{
    private const string EraseLine = "\r\e[K";
    private const int NarrowestLine = 8; // columns

    // Guards everything below: keys and arriving messages come on different threads.
    private readonly Lock _gate = new();
    private readonly LineEditor _editor = new();
    private LineWindow _window = new();
    private LinePrompt? _asking;

    /// <inheritdoc/>
    public async Task<TypedLine> ReadLineAsync(LinePrompt prompt, CancellationToken cancellation)
    {
        Begin(prompt);
        string? line = null;
        try
        {
            while (await keys.WaitToReadAsync(cancellation))
            {
                var outcome = TakeKeys();
                if (outcome == EditOutcome.Submitted) { line = _editor.Line.Text; }
                if (outcome != EditOutcome.Editing) { break; }
                prompt.Edited?.Invoke(_editor.Line.Text);
            }
            return new TypedLine(line);
        }
        finally
        {
            End(isErased: prompt.IsChatLine && line is not null);
        }
    }

    /// <inheritdoc/>
    public WrittenLine WriteLine(ScreenLine line)
    {
        lock (_gate)
        {
            screen.Write(_asking is null ? $"{line}\r\n" : $"{EraseLine}{line}\r\n{Picture(_asking)}");
            screen.Flush();
        }
        return new WrittenLine();
    }

    /// <inheritdoc/>
    public bool TryRewrite(WrittenLine written, ScreenLine line) => false;

    /// <inheritdoc/>
    public bool IsRewriting => true;

    /// <inheritdoc/>
    public void Refresh()
    {
        lock (_gate)
        {
            if (_asking is { } prompt) { Print(Picture(prompt)); }
        }
    }

    private void Begin(LinePrompt prompt)
    {
        lock (_gate)
        {
            _asking = prompt;
            _window = new LineWindow();
            _editor.Begin(prompt);
            Print(Picture(prompt));
        }
    }

    // Draws once for all pending keys, or pasted text would be drawn once a character.
    private EditOutcome TakeKeys()
    {
        lock (_gate)
        {
            var outcome = EditOutcome.Editing;
            while (outcome == EditOutcome.Editing && keys.TryRead(out var key)) { outcome = _editor.Apply(key); }
            if (_asking is { } prompt) { Print(Picture(prompt)); }
            return outcome;
        }
    }

    private void End(bool isErased)
    {
        lock (_gate)
        {
            _asking = null;
            Print(isErased ? EraseLine : "\r\n");
        }
    }

    private void Print(string text)
    {
        screen.Write(text);
        screen.Flush();
    }

    /// <summary>The whole input line, and the cursor in its place. It never reaches the last column, where terminals
    /// would wrap.</summary>
    private string Picture(LinePrompt prompt)
    {
        var columns = Math.Max(width() - 1, 2 * NarrowestLine);
        var label = Cut(prompt.Text(), prompt.IsChatLine ? columns / 2 : columns - NarrowestLine);
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
        while (CellWidth.Of(label) > columns) { label = label[1..]; }
        return label;
    }
}
