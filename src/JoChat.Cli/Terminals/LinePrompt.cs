namespace JoChat.Cli.Terminals;

/// <summary>How to ask for a line.</summary>
/// <param name="Text">What stands before the line, safe to print; called for each drawing, so it may change.</param>
internal sealed record LinePrompt(Func<string> Text)
{
    /// <summary>Whether to hide the line.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the line leaves the screen once submitted, because the chat shows what came of it, and may hold
    /// newlines.</summary>
    public bool IsChatLine { get; init; }

    /// <summary>Whether the line confirms something that cannot be undone: only keys count that are pressed one by one
    /// after the question was shown.</summary>
    public bool IsConfirmation { get; init; }

    /// <summary>The lines that can be recalled, to which a submitted one is added; null for none.</summary>
    public LineHistory? History { get; init; }

    /// <summary>What Tab does; null means nothing.</summary>
    public Completer? Completer { get; init; }

    /// <summary>What stands in the line at first.</summary>
    public TypedLine Begun { get; init; } = new("");

    /// <summary>Called with the line whenever the person has changed it.</summary>
    public Action<string>? Edited { get; init; }

    /// <summary>A question with an unchanging text.</summary>
    public static LinePrompt Question(string text) => new(() => text);

    /// <summary>A question whose answer must not be seen.</summary>
    public static LinePrompt Secret(string text) => new(() => text) { IsSecret = true };

    /// <summary>A question that must be answered by hand.</summary>
    public static LinePrompt Confirmation(string text) => new(() => text) { IsConfirmation = true };
}

/// <summary>Finds the words that could stand where the cursor is.</summary>
/// <param name="before">The line up to the cursor.</param>
/// <returns>Whole words that begin with the part typed of the last one, in the order to offer them.</returns>
internal delegate IReadOnlyList<string> Completer(string before);
