namespace JoChat.Testing;

/// <summary>A test that needs Linux, and maybe a command of it; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <param name="tool">The command that the test runs; null if it runs none.</param>
    public LinuxFactAttribute(string? tool = null)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var exists = tool is null || folders.Any(folder => File.Exists(Path.Combine(folder, tool)));
        if (!OperatingSystem.IsLinux() || !exists) { Skip = $"needs Linux and its command {tool}"; }
        Tool = tool;
    }

    /// <summary>The command that the test runs; null if it runs none.</summary>
    public string? Tool { get; }
}
