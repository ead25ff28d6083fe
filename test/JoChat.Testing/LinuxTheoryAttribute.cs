namespace JoChat.Testing;

/// <summary>A <see cref="LinuxFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <param name="tool">The command that the test runs; null if it runs none.</param>
    public LinuxTheoryAttribute(string? tool = null) => (Tool, Skip) = (tool, new LinuxFactAttribute(tool).Skip);

    /// <summary>The command that the test runs; null if it runs none.</summary>
    public string? Tool { get; }
}
