using System.Text;
using JoChat.Cli.Display;

namespace JoChat.Cli.Terminals;

/// <summary>Breaks a line into rows of the screen, between words, with a hanging indent: so nobody can write a text of which
/// a row looks like a line of the program's.</summary>
internal sealed class ScreenRows
{
    private const int SignColumns = 5; // kept free behind a body, so that a sign can change later
    private const int UsualIndent = 4;
    private const int NarrowestRow = 16;

    private readonly List<string> _rows = [];
    private readonly StringBuilder _row = new(), _word = new();
    private readonly int _limit, _indent;
    private int _column, _wordColumns;

    private ScreenRows(int limit, int indent) => (_limit, _indent) = (limit, indent);

    /// <summary>Breaks a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="columns">The screen's width, of which the last column stays free.</param>
    /// <returns>At least one row.</returns>
    public static IReadOnlyList<string> Of(ScreenLine line, int columns)
    {
        var hasText = line.Body.Length > 0;
        var limit = Math.Max(columns - 1 - (hasText ? SignColumns : 0), NarrowestRow);
        var head = CellWidth.Of(line.Head);
        var rows = new ScreenRows(limit, hasText && head <= limit / 2 ? head : UsualIndent);
        rows.Append(line.Head);
        rows.Append(line.Body);
        rows.EndWord();
        if (line.Sign.Length > 0)
        {
            if (rows._column + 1 + CellWidth.Of(line.Sign) > Math.Max(columns - 1, NarrowestRow)) { rows.EndRow(); }
            rows._row.Append(' ').Append(line.Sign);
        }
        rows._rows.Add(rows._row.ToString());
        return rows._rows;
    }

    private void Append(string text)
    {
        for (var index = 0; index < text.Length;)
        {
            var piece = CellWidth.Next(text, ref index, out var width);
            if (piece is "\n")
            {
                EndWord();
                EndRow();
            }
            else if (piece is " ")
            {
                EndWord();
                if (_column >= _limit) { EndRow(); }
                else { AppendToRow(piece, width); }
            }
            else
            {
                if (_wordColumns + width > _limit - _indent) { EndWord(); } // longer than a row: broken anywhere
                _word.Append(piece);
                _wordColumns += width;
            }
        }
    }

    private void EndWord()
    {
        if (_column + _wordColumns > _limit) { EndRow(); }
        AppendToRow(_word.ToString(), _wordColumns);
        _word.Clear();
        _wordColumns = 0;
    }

    private void AppendToRow(ReadOnlySpan<char> text, int width)
    {
        _row.Append(text);
        _column += width;
    }

    private void EndRow()
    {
        _rows.Add(_row.ToString());
        _row.Clear().Append(' ', _indent);
        _column = _indent;
    }
}
