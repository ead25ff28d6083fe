namespace JoChat.Actors;

/// <summary>Asks who carries out the commands of sessions whether it could now. Answered by <see cref="Readiness"/>,
/// without a look at the store.</summary>
internal sealed record AskReadiness
{
    public static AskReadiness Instance { get; } = new();
}

/// <summary>Whether commands could be carried out.</summary>
/// <param name="Fault">Why not; null if they could.</param>
internal sealed record Readiness(string? Fault)
{
    public static Readiness Ready { get; } = new(Fault: null);
}
