namespace JoChat.Cli.Terminals;

/// <summary>Line input and output for a person or a script. Two implementations: a raw terminal with a line editor, and
/// plain lines for redirected input or output.</summary>
internal interface ITerminal
{
    /// <summary>Asks for one line. One call at a time.</summary>
    /// <param name="prompt">What to show before the line and how to take it.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <returns>The line without its end; null at the end of input.</returns>
    Task<string?> ReadLineAsync(LinePrompt prompt, CancellationToken cancellation);

    /// <summary>Prints one line, above the line being typed if there is one. May be called at any time, by any thread.
    /// </summary>
    /// <param name="line">Safe to print: text from others has gone through <see cref="Display.SafeText"/>.</param>
    void WriteLine(string line);
}
