namespace JoChat.Cli.Terminals;

/// <summary>The state of the line after a key.</summary>
internal enum EditOutcome
{
    /// <summary>The line is still being edited.</summary>
    Editing,

    /// <summary>The key had no effect that was wanted: the bell rings.</summary>
    Refused,

    /// <summary>A text was not inserted because the line would be too long to be sent.</summary>
    TooLong,

    /// <summary>The screen is to be cleared.</summary>
    ScreenCleared,

    /// <summary>The line was submitted.</summary>
    Submitted,

    /// <summary>End of input: Ctrl-D on the empty line.</summary>
    EndOfInput,

    /// <summary>Ctrl-C on the empty line.</summary>
    Interrupted,
}
