namespace JoChat.Hocon;

/// <summary>A HOCON text that cannot be read, or a value in it that is not what the reader needs.</summary>
/// <remarks>The message is <c>file:line:column: what was expected, what came</c>.</remarks>
/// <param name="position">Where the fault is.</param>
/// <param name="fault">What was expected and what came, for people.</param>
public sealed class HoconException(HoconPosition position, string fault) : FormatException($"{position}: {fault}")
{
    /// <summary>Where the fault is.</summary>
    public HoconPosition Position { get; } = position;
}
