using System.Globalization;
using System.Text;

namespace JoChat.Cli.Terminals;

/// <summary>A text with a cursor, which moves by what a reader takes for one character (a text element), never into the
/// middle of one. It may hold newlines and Tabs.</summary>
internal sealed class LineBuffer
{
    /// <summary>Most bytes of UTF-8 that it holds. More could not be sent.</summary>
    public const int MaxBytes = Protocol.Limits.MaxContentBytes;

    public string Text { get; private set; } = "";

    /// <summary>Index into <see cref="Text"/>, 0 to its length.</summary>
    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    /// <summary>Inserts the whole of a text, or nothing of it.</summary>
    /// <returns>Whether there was room.</returns>
    public bool TryInsert(string text)
    {
        if (Encoding.UTF8.GetByteCount(Text) + Encoding.UTF8.GetByteCount(text) > MaxBytes) { return false; }
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
        return true;
    }

    public void MoveLeft() => Cursor = ElementBefore(Cursor);

    public void MoveRight() => Cursor = ElementAfter(Cursor);

    public void MoveHome() => Cursor = 0;

    public void MoveEnd() => Cursor = Text.Length;

    public void MoveWordLeft() => Cursor = WordBefore(Cursor);

    public void MoveWordRight() => Cursor = WordAfter(Cursor);

    public void DeleteLeft() => Delete(ElementBefore(Cursor), Cursor);

    public void DeleteRight() => Delete(Cursor, ElementAfter(Cursor));

    /// <summary>Deletes all before the cursor.</summary>
    /// <returns>What was deleted.</returns>
    public string DeleteToStart() => Delete(0, Cursor);

    /// <summary>Deletes all after the cursor.</summary>
    /// <returns>What was deleted.</returns>
    public string DeleteToEnd() => Delete(Cursor, Text.Length);

    /// <summary>Deletes the blanks before the cursor and what is before them up to the next blank.</summary>
    /// <returns>What was deleted.</returns>
    public string DeleteToBlank()
    {
        var start = Cursor;
        while (start > 0 && char.IsWhiteSpace(Text[start - 1])) { start--; }
        while (start > 0 && !char.IsWhiteSpace(Text[start - 1])) { start--; }
        return Delete(start, Cursor);
    }

    /// <summary>Deletes from the beginning of the word that the cursor is in or behind.</summary>
    /// <returns>What was deleted.</returns>
    public string DeleteWordLeft() => Delete(WordBefore(Cursor), Cursor);

    /// <summary>Deletes up to the end of the word that the cursor is in or before.</summary>
    /// <returns>What was deleted.</returns>
    public string DeleteWordRight() => Delete(Cursor, WordAfter(Cursor));

    /// <summary>Puts <paramref name="text"/> in the place of what stands between an index and the cursor.</summary>
    public void Replace(int start, string text)
    {
        Delete(start, Cursor);
        TryInsert(text);
    }

    private string Delete(int start, int end)
    {
        var deleted = Text[start..end];
        Text = Text.Remove(start, end - start);
        Cursor = start;
        return deleted;
    }

    private int ElementAfter(int index) =>
        index == Text.Length ? index : index + StringInfo.GetNextTextElementLength(Text, index);

    private int ElementBefore(int index)
    {
        var before = 0;
        for (var next = ElementAfter(0); next < index; next = ElementAfter(next)) { before = next; }
        return before;
    }

    private int WordAfter(int index)
    {
        while (index < Text.Length && !IsWord(index)) { index = ElementAfter(index); }
        while (index < Text.Length && IsWord(index)) { index = ElementAfter(index); }
        return index;
    }

    // From the beginning, because elements can be told only forwards.
    private int WordBefore(int index)
    {
        var (start, wasWord) = (0, false);
        for (var next = 0; next < index; next = ElementAfter(next))
        {
            if (IsWord(next) && !wasWord) { start = next; }
            wasWord = IsWord(next);
        }
        return start;
    }

    private bool IsWord(int index) =>
        Rune.TryGetRuneAt(Text, index, out var rune) && (Rune.IsLetterOrDigit(rune) || rune.Value > char.MaxValue);
}
