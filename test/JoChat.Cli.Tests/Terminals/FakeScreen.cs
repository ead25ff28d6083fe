using System.Globalization;
using System.Text;
using JoChat.Cli.Display;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>A terminal's screen that understands as much as the line editor uses. Sequences it does not know fail the
/// test.</summary>
internal sealed class FakeScreen(int columns) : TextWriter
{
    private readonly List<string?[]> _rows = [new string?[columns]];
    private int _column;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The column of the cursor on the last row, from 0.</summary>
    public int CursorColumn => _column;

    /// <summary>What stands on each row, without the blanks at its end.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(row => string.Concat(row.Select(Cell)).TrimEnd())];

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        for (var index = 0; index < value!.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(value, index);
            var element = value.Substring(index, length);
            index += length;
            switch (element)
            {
                case "\r": _column = 0; break;
                case "\n": _rows.Add(new string?[columns]); break;
                case "\r\n":
                    _column = 0;
                    _rows.Add(new string?[columns]);
                    break;
                case "\e": index = Obey(value, index); break;
                default: Put(element); break;
            }
        }
    }

    private static string Cell(string? cell) => cell ?? " ";

    private int Obey(string text, int index)
    {
        Assert.Equal('[', text[index++]);
        var start = index;
        while (char.IsDigit(text[index])) { index++; }
        var argument = index == start ? 1 : int.Parse(text[start..index], CultureInfo.InvariantCulture);
        switch (text[index])
        {
            case 'K': Array.Clear(_rows[^1], _column, columns - _column); break;
            case 'C': _column = Math.Min(_column + argument, columns - 1); break;
            default: Assert.Fail($"unknown sequence {text[index]}"); break;
        }
        return index + 1;
    }

    private void Put(string element)
    {
        Assert.DoesNotContain(element, char.IsControl);
        var width = CellWidth.Of(element);
        if (_column + width > columns)
        {
            _rows.Add(new string?[columns]);
            _column = 0;
        }
        _rows[^1][_column] = element;
        if (width == 2) { _rows[^1][_column + 1] = ""; }
        _column += width;
    }
}
