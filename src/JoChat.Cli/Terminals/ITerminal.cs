namespace JoChat.Cli.Terminals;

/// <summary>Line input and output for a person or a script. Two implementations: a raw terminal with a line editor, and
/// plain lines for redirected input or output.</summary>
internal interface ITerminal
{
    /// <summary>Asks for one line. One call at a time.</summary>
    /// <param name="prompt">What to show before the line and how to take it.</param>
    /// <param name="cancellation">Stops asking.</param>
    Task<TypedLine> ReadLineAsync(LinePrompt prompt, CancellationToken cancellation);

    /// <summary>Prints a line, above the line being typed if there is one. May be called at any time, by any thread.
    /// </summary>
    /// <returns>What <see cref="TryRewrite"/> takes.</returns>
    WrittenLine WriteLine(ScreenLine line);

    /// <summary>Prints a line in the place of one that was printed before, if that is still on the screen and the new
    /// one takes as many rows. May be called at any time, by any thread.</summary>
    /// <returns>Whether it was printed.</returns>
    bool TryRewrite(WrittenLine written, ScreenLine line);

    /// <summary>Whether <see cref="TryRewrite"/> ever does anything here.</summary>
    bool IsRewriting { get; }

    /// <summary>Draws the prompt again, because what it says has changed. May be called at any time, by any
    /// thread.</summary>
    void Refresh();

    /// <summary>Rings the bell unless the terminal is known to be looked at, and has the desktop notify of a text if the
    /// terminal can. May be called at any time, by any thread.</summary>
    /// <param name="text">What to tell; empty for the bell alone.</param>
    void Notify(string text);

    /// <summary>Gives the terminal back as it was, for good: what is printed elsewhere from now on begins in a row of its
    /// own. May be called at any time, by any thread, and again.</summary>
    void Close();
}

/// <summary>A line that a terminal has printed.</summary>
internal sealed class WrittenLine
{
    /// <summary>The number of its first row, counted from the first that was printed.</summary>
    public long Row { get; init; }

    /// <summary>How many rows it takes.</summary>
    public int RowCount { get; init; }

    /// <summary>The state of the screen on which it was printed; another cannot be counted on.</summary>
    public int Screenful { get; init; }
}
