using System.Globalization;
using System.Text;
using Wcwidth;

namespace JoChat.Testing.Terminals;

/// <summary>A terminal's screen that understands as much as the terminal client uses. What it does not know fails the
/// test. Not thread-safe.</summary>
/// <param name="columns">Its width.</param>
/// <param name="height">Its rows; what scrolls out at the top is kept, but the cursor cannot go there.</param>
public sealed class FakeScreen(int columns, int height = 1000) : TextWriter
{
    private const int ZeroWidthJoiner = 0x200D, EmojiPresentation = 0xFE0F;
    private const int KeypadMode = 66; // DECNKM, whose short forms are ESC = and ESC >

    private readonly List<string?[]> _rows = [new string?[columns]];
    private readonly HashSet<int> _modes = [];
    private readonly List<string> _notifications = [];
    private readonly StringBuilder _sequence = new();
    private char? _highSurrogate;
    private bool _isJoining;
    private int _columns = columns, _height = height;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The column of the cursor, from 0; that of the last column also when it is full.</summary>
    public int CursorColumn { get; private set; }

    /// <summary>The index of the cursor's row in <see cref="Rows"/>.</summary>
    public int CursorRow { get; private set; }

    /// <summary>How often the bell rang.</summary>
    public int Bells { get; private set; }

    /// <summary>The texts of the notifications (OSC 9).</summary>
    public IReadOnlyList<string> Notifications => _notifications;

    /// <summary>What stands on each row, without the blanks at its end; what has scrolled out included.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(Text)];

    /// <summary>The row on which the cursor is.</summary>
    public string CursorLine => Text(_rows[CursorRow]);

    /// <summary>The modes that are on.</summary>
    public IReadOnlyCollection<int> Modes => _modes;

    /// <summary>Whether a mode such as 2004 (bracketed paste) is on.</summary>
    public bool HasMode(int mode) => _modes.Contains(mode);

    /// <summary>Changes the size. Text stays where it is, and what is beyond the new width is lost, as in xterm.
    /// </summary>
    public void Resize(int newColumns, int newHeight)
    {
        for (var index = 0; index < _rows.Count; index++)
        {
            var row = _rows[index];
            Array.Resize(ref row, newColumns);
            _rows[index] = row;
        }
        (_columns, _height) = (newColumns, newHeight);
        CursorColumn = Math.Min(CursorColumn, newColumns - 1);
        CursorRow = Math.Max(CursorRow, Top);
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        foreach (var one in value ?? "") { Write(one); }
    }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (_sequence.Length > 0) { Collect(value); }
        else if (value == '\e') { _sequence.Append(value); }
        else if (value == '\r') { CursorColumn = 0; }
        else if (value == '\n') { MoveDown(); }
        else if (value == '\a') { Bells++; }
        else if (value == '\b') { CursorColumn = Math.Max(0, CursorColumn - 1); }
        else if (char.IsHighSurrogate(value)) { _highSurrogate = value; }
        else if (_highSurrogate is { } high)
        {
            _highSurrogate = null;
            Put(new Rune(high, value));
        }
        else
        {
            Put(new Rune(value));
        }
    }

    private static string Text(string?[] row) => string.Concat(row.Select(cell => cell ?? " ")).TrimEnd();

    private int Top => Math.Max(0, _rows.Count - _height);

    private void Collect(char value)
    {
        _sequence.Append(value);
        var text = _sequence.ToString();
        if (text.StartsWith("\e]", StringComparison.Ordinal))
        {
            if (value != '\a' && !text.EndsWith("\e\\", StringComparison.Ordinal)) { return; }
            Assert.StartsWith("\e]9;", text, StringComparison.Ordinal);
            _notifications.Add(text[4..].TrimEnd('\a', '\\', '\e'));
        }
        else if (text.StartsWith("\e[", StringComparison.Ordinal))
        {
            if (value is < '@' or > '~' || text.Length == 2) { return; }
            Obey(text[2..^1], value);
        }
        else if (text == "\e=") { _modes.Add(KeypadMode); }
        else if (text == "\e>") { _modes.Remove(KeypadMode); }
        else
        {
            Assert.Fail($"unknown sequence {text.Replace("\e", "ESC ", StringComparison.Ordinal)}");
        }
        _sequence.Clear();
    }

    private void Obey(string parameters, char command)
    {
        if (command == 'm') { return; } // colours
        if (parameters.StartsWith('?'))
        {
            var mode = int.Parse(parameters[1..], CultureInfo.InvariantCulture);
            Assert.True(command switch { 'h' => _modes.Add(mode) || true, 'l' => _modes.Remove(mode) || true, _ => false });
            return;
        }
        var number = parameters.Length == 0 ? -1 : int.Parse(parameters, CultureInfo.InvariantCulture);
        var count = Math.Max(1, number);
        switch (command)
        {
            case 'A': CursorRow = Math.Max(Top, CursorRow - count); break;
            case 'B': CursorRow = Math.Min(_rows.Count - 1, CursorRow + count); break;
            case 'C': CursorColumn = Math.Min(_columns - 1, CursorColumn + count); break;
            case 'D': CursorColumn = Math.Max(0, CursorColumn - count); break;
            case 'H' when number < 0: (CursorRow, CursorColumn) = (Top, 0); break;
            case 'J' when number <= 0: EraseBelow(); break;
            case 'J' when number is 2 or 3: _rows.ForEach(Array.Clear); break;
            case 'K' when number <= 0: EraseRight(); break;
            default: Assert.Fail($"unknown sequence ESC [ {parameters} {command}"); break;
        }
    }

    private void EraseRight()
    {
        var from = Math.Min(CursorColumn, _columns - 1);
        Array.Clear(_rows[CursorRow], from, _columns - from);
    }

    private void EraseBelow()
    {
        EraseRight();
        for (var row = CursorRow + 1; row < _rows.Count; row++) { Array.Clear(_rows[row]); }
    }

    private void MoveDown()
    {
        if (++CursorRow == _rows.Count) { _rows.Add(new string?[_columns]); }
    }

    // Rune by rune, as terminals do it: a mark joins the character before it.
    private void Put(Rune rune)
    {
        Assert.False(Rune.IsControl(rune), $"control character {rune.Value:X2}");
        var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark;
        var width = isMark ? 1 : UnicodeCalculator.GetWidth(rune);
        if ((width == 0 || _isJoining) && CursorColumn > 0)
        {
            Join(rune);
        }
        else
        {
            PutCell(rune.ToString(), width);
        }
        _isJoining = rune.Value == ZeroWidthJoiner;
    }

    private void Join(Rune rune)
    {
        var row = _rows[CursorRow];
        var before = CursorColumn - 1;
        var isWide = row[before] is "" && before > 0;
        if (isWide) { before--; }
        row[before] += rune.ToString();
        if (rune.Value == EmojiPresentation && !isWide && CursorColumn < _columns) { row[CursorColumn++] = ""; }
    }

    private void PutCell(string text, int width)
    {
        if (CursorColumn + width > _columns)
        {
            CursorColumn = 0;
            MoveDown();
        }
        _rows[CursorRow][CursorColumn] = text;
        if (width == 2) { _rows[CursorRow][CursorColumn + 1] = ""; }
        CursorColumn += width;
    }
}
