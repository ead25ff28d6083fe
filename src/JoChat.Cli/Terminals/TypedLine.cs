namespace JoChat.Cli.Terminals;

/// <summary>What came of asking for a line.</summary>
/// <param name="Text">The line without its end; null if there is none.</param>
internal readonly record struct TypedLine(string? Text)
{
    /// <summary>Whether there is no line because the person pressed Ctrl-C, and not because the input has ended.
    /// </summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Whether text of several lines was pasted into it; those that were typed one by one do not count.
    /// </summary>
    public bool HasPastedLines { get; init; }
}
