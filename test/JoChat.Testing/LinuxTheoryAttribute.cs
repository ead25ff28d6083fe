namespace JoChat.Testing;

/// <summary>A <see cref="LinuxFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <param name="tool">The command that the test runs.</param>
    public LinuxTheoryAttribute(string tool) => (Tool, Skip) = (tool, new LinuxFactAttribute(tool).Skip);

    /// <summary>The command that the test runs.</summary>
    public string Tool { get; }
}
