#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Which actor system a path belongs to.</summary>
/// <param name="Protocol">Always <c>akka</c> for a system of this process.</param>
/// <param name="System">The system's name.</param>
public sealed record Address(string Protocol, string System)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Protocol}://{System}";
}
