namespace JoChat.Cluster;

/// <summary>Look at the clock. The timer of an end of a link tells it.</summary>
internal sealed record Tick
{
    public static Tick Instance { get; } = new();
}
