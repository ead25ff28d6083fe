namespace JoChat.Cli;

/// <summary>A setting as a person wrote it, and where.</summary>
/// <param name="Text">What is written.</param>
/// <param name="Place">The option, the variable, or the line of the configuration file: the beginning of complaints.
/// </param>
internal sealed record PlacedText(string Text, string Place)
{
    /// <summary>The folder that a relative path is relative to; empty: the one the program runs in.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Reads the value.</summary>
    /// <exception cref="CommandFailedException">It cannot be used; the message begins with the place.</exception>
    public T Parse<T>(Func<string, T> parse)
    {
        try
        {
            return parse(Text);
        }
        catch (CommandFailedException fault)
        {
            throw new CommandFailedException($"{Place}: {fault.Message}");
        }
    }
}
