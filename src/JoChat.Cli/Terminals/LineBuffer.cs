using System.Globalization;

namespace JoChat.Cli.Terminals;

/// <summary>A line of text with a cursor, which moves by what a reader takes for one character (a text element), never
/// into the middle of one.</summary>
internal sealed class LineBuffer
{
    /// <summary>Most UTF-16 units a line holds; what is typed beyond is dropped. More could not be sent.</summary>
    public const int MaxLength = Protocol.Limits.MaxContentBytes;

    public string Text { get; private set; } = "";

    /// <summary>Index into <see cref="Text"/>, 0 to its length.</summary>
    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text)
    {
        if (Text.Length + text.Length > MaxLength) { return; }
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void MoveLeft() => Cursor = ElementBefore(Cursor);

    public void MoveRight() => Cursor = ElementAfter(Cursor);

    public void MoveHome() => Cursor = 0;

    public void MoveEnd() => Cursor = Text.Length;

    public void DeleteLeft() => DeleteFrom(ElementBefore(Cursor));

    public void DeleteRight() => Text = Text.Remove(Cursor, ElementAfter(Cursor) - Cursor);

    public void DeleteToStart() => DeleteFrom(0);

    public void DeleteToEnd() => Text = Text[..Cursor];

    /// <summary>Deletes the spaces before the cursor and the word before them.</summary>
    public void DeleteWord()
    {
        var start = Cursor;
        while (start > 0 && Text[start - 1] == ' ') { start--; }
        while (start > 0 && Text[start - 1] != ' ') { start--; }
        DeleteFrom(start);
    }

    /// <summary>Puts <paramref name="text"/> in the place of what stands between an index and the cursor.</summary>
    public void Replace(int start, string text)
    {
        DeleteFrom(start);
        Insert(text);
    }

    private void DeleteFrom(int start)
    {
        Text = Text.Remove(start, Cursor - start);
        Cursor = start;
    }

    private int ElementAfter(int index) =>
        index == Text.Length ? index : index + StringInfo.GetNextTextElementLength(Text, index);

    private int ElementBefore(int index)
    {
        var before = 0;
        for (var next = ElementAfter(0); next < index; next = ElementAfter(next)) { before = next; }
        return before;
    }
}
