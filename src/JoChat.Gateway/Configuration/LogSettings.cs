namespace JoChat.Gateway;

/// <summary>What the process logs, and how.</summary>
/// <param name="Level">From which level on.</param>
/// <param name="Format">How a line looks.</param>
internal sealed record LogSettings(LogLevel Level, LogFormat Format)
{
    /// <summary>Reads the settings.</summary>
    public static LogSettings Read(SettingReader reader) => new(
        reader.Choice("log-level", LogLevel.Information), reader.Choice("log-format", LogFormat.Text));
}

/// <summary>How a line of the log looks.</summary>
internal enum LogFormat
{
    /// <summary>For people: local time, level, event, text.</summary>
    Text,

    /// <summary>For programs: an object of JSON, with time in UTC.</summary>
    Json,
}
