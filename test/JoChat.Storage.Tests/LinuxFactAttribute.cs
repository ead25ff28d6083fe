namespace JoChat.Storage.Tests;

/// <summary>A test that needs a command of Linux; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <param name="tool">The command that the test runs.</param>
    public LinuxFactAttribute(string tool)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var exists = OperatingSystem.IsLinux() && folders.Any(folder => File.Exists(Path.Combine(folder, tool)));
        if (!exists) { Skip = $"needs {tool} on Linux"; }
        Tool = tool;
    }

    /// <summary>The command that the test runs.</summary>
    public string Tool { get; }
}
