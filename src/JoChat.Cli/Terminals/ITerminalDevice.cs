namespace JoChat.Cli.Terminals;

/// <summary>The terminal that the process stands on: its keyboard, its settings, its size. Two implementations: of Unix
/// and of Windows.</summary>
internal interface ITerminalDevice : IDisposable
{
    /// <summary>Columns and rows now.</summary>
    (int Columns, int Rows) Size { get; }

    /// <summary>Waits for bytes from the keyboard.</summary>
    /// <returns>How many; 0 at the end.</returns>
    int Read(byte[] bytes);

    /// <summary>Makes every key come at once and unseen, Ctrl-C included; again, if it is so already.</summary>
    /// <returns>False if the terminal is not ours now: the process is in the background.</returns>
    bool TrySetRaw();

    /// <summary>Gives the terminal the settings that it had; nothing if it has them.</summary>
    void Restore();

    /// <summary>Opens the keyboard, for lines that the terminal itself gathers and shows.</summary>
    TextReader OpenInput();

    /// <summary>Opens the screen, for text without translation of newlines.</summary>
    /// <param name="isError">Whether it is standard error's, and not standard output's.</param>
    TextWriter OpenScreen(bool isError);

    /// <summary>The size has changed.</summary>
    event Action? Resized;

    /// <summary>The process goes on after it was stopped.</summary>
    event Action? Continued;

    /// <summary>Throws away what was typed and is not read yet.</summary>
    void DiscardInput();

    /// <summary>Stops the process group, as Ctrl-Z does, until the shell lets it go on; nothing where that is unknown.
    /// </summary>
    void Stop();

    /// <summary>Sends the process itself SIGINT or SIGQUIT.</summary>
    void Interrupt(bool isQuit);
}
