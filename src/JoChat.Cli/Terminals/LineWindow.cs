using System.Globalization;
using System.Text;
using JoChat.Cli.Display;

namespace JoChat.Cli.Terminals;

/// <summary>The part of a line that fits on the screen; it scrolls sideways when the cursor would leave it. Newlines and
/// Tabs are shown as marks.</summary>
internal sealed class LineWindow(Ink ink)
{
    // Index into the text of the first element shown.
    private int _first;

    /// <summary>Cuts the visible part out of a line.</summary>
    /// <param name="text">The whole line.</param>
    /// <param name="cursor">The cursor's index into it.</param>
    /// <param name="columns">Columns to fill at most, the one for a cursor behind the text included; ≥ 2.</param>
    /// <returns>What to print, safe, and the cursor's column in it.</returns>
    public (string Visible, int CursorColumn) Show(string text, int cursor, int columns)
    {
        if (cursor < _first || Columns(text, _first, cursor) >= columns)
        {
            // A third of what is before the cursor stays in sight, so that it does not stick to the edge.
            _first = StartShowing(text, cursor, columns * 2 / 3);
        }
        var visible = new StringBuilder();
        var used = 0;
        for (var index = _first; index < text.Length;)
        {
            var element = Shown(text, ref index);
            var width = CellWidth.Of(element);
            if (used + width >= columns) { break; }
            used += width;
            visible.Append(element);
        }
        return (visible.ToString(), Columns(text, _first, cursor));
    }

    private int StartShowing(string text, int cursor, int columns)
    {
        var start = 0;
        var excess = Columns(text, 0, cursor) - columns;
        while (excess > 0 && start < cursor) { excess -= CellWidth.Of(Shown(text, ref start)); }
        return start;
    }

    private int Columns(string text, int from, int to)
    {
        var columns = 0;
        while (from < to && from < text.Length) { columns += CellWidth.Of(Shown(text, ref from)); }
        return columns;
    }

    private string Shown(string text, ref int index)
    {
        var length = StringInfo.GetNextTextElementLength(text, index);
        var element = text.Substring(index, length);
        index += length;
        return element switch
        {
            "\n" => ink.Faint("⏎"),
            "\t" => ink.Faint("⇥"),
            _ => SafeText.Of(element),
        };
    }
}
