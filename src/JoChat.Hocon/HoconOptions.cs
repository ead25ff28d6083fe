namespace JoChat.Hocon;

/// <summary>The name of a HOCON text, and where it finds includes and environment variables.</summary>
public sealed record HoconOptions
{
    /// <summary>The name that errors carry, and the path that includes are relative to.</summary>
    public string SourceName { get; init; } = "<text>";

    /// <summary>Gives the value of an environment variable, or null if it is not set. Asked for the substitutions
    /// whose path has no value in the text.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Gives the text of an included file, or null if there is none. The path is relative to the root that
    /// <see cref="SourceName"/> is relative to, with forward slashes. By default no file is found.</summary>
    public Func<string, string?> ReadInclude { get; init; } = _ => null;
}
