namespace JoChat.Cli.Terminals;

/// <summary>How to ask for a line.</summary>
/// <param name="Text">What stands before the line, safe to print; called for each drawing, so it may change.</param>
internal sealed record LinePrompt(Func<string> Text)
{
    /// <summary>Whether to hide the line.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the line is remembered for the up key and leaves the screen once submitted, because the chat
    /// shows what came of it.</summary>
    public bool IsChatLine { get; init; }

    /// <summary>What Tab does; null means nothing.</summary>
    public Completer? Completer { get; init; }

    /// <summary>Called with the line whenever the person has changed it.</summary>
    public Action<string>? Edited { get; init; }

    /// <summary>A question with an unchanging text.</summary>
    public static LinePrompt Question(string text) => new(() => text);

    /// <summary>A question whose answer must not be seen.</summary>
    public static LinePrompt Secret(string text) => new(() => text) { IsSecret = true };
}

/// <summary>Finds the words that could stand where the cursor is.</summary>
/// <param name="before">The line up to the cursor.</param>
/// <returns>Whole words that begin with the part typed of the last one, in the order to offer them.</returns>
internal delegate IReadOnlyList<string> Completer(string before);
