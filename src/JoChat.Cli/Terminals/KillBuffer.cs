namespace JoChat.Cli.Terminals;

/// <summary>The text that was deleted last by a key such as Ctrl-W, to be inserted by Ctrl-Y. What several such keys in a
/// row delete is one text.</summary>
internal sealed class KillBuffer
{
    private bool _isOpen;

    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether it was deleted from a line with pasted newlines.</summary>
    public bool IsPasted { get; private set; }

    /// <summary>Ends the row: another key was pressed.</summary>
    public void Close() => _isOpen = false;

    /// <summary>Keeps what was deleted.</summary>
    /// <param name="text">The text; empty leaves all as it is.</param>
    /// <param name="isBefore">Whether it stood before the cursor.</param>
    /// <param name="isPasted">Whether the line has pasted newlines.</param>
    public void Add(string text, bool isBefore, bool isPasted)
    {
        if (text.Length == 0) { return; }
        if (!_isOpen) { (Text, IsPasted) = ("", false); }
        Text = isBefore ? text + Text : Text + text;
        IsPasted |= isPasted;
        _isOpen = true;
    }
}
