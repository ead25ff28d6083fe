namespace JoChat.Cli.Terminals;

/// <summary>What a keyboard sends: a key, a paste, or a report of the terminal.</summary>
/// <param name="Code">Which.</param>
/// <param name="Text">Of a character: itself, or its letter if Control is held. Of a paste: what was pasted, with newlines
/// as <c>\n</c> and without other control characters than Tab.</param>
/// <param name="Modifiers">What was held.</param>
internal readonly record struct KeyStroke(KeyCode Code, string Text = "", KeyModifiers Modifiers = KeyModifiers.None)
{
    /// <summary>Of a paste: its size in bytes as it came.</summary>
    public long PastedBytes { get; init; }

    /// <summary>Whether this is a letter with Control.</summary>
    public bool IsControl(string letter) =>
        Code == KeyCode.Character && Modifiers == KeyModifiers.Control && Text == letter;
}

/// <summary>The keys that mean something.</summary>
internal enum KeyCode
{
    /// <summary>A character, which may be held with Control or Alt.</summary>
    Character,
    Enter,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    Escape,

    /// <summary>A text that was pasted as one.</summary>
    Paste,

    /// <summary>A paste that is too long to be kept.</summary>
    HugePaste,

    /// <summary>The terminal is looked at from now on.</summary>
    FocusGained,

    /// <summary>The terminal is not looked at from now on.</summary>
    FocusLost,

    /// <summary>Bytes that are no text.</summary>
    Malformed,

    /// <summary>A key or report without a meaning here.</summary>
    Unknown,
}

/// <summary>What was held with a key, in the bits of terminals.</summary>
[Flags]
internal enum KeyModifiers
{
    None = 0,
    Shift = 1,
    Alt = 2,
    Control = 4,
}
