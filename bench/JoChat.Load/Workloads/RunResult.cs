namespace JoChat.Load;

/// <summary>What one run of a load, or of a floor, gave.</summary>
/// <param name="Figures">In the order in which they are shown. A floor gives a figure the name of the one it bounds.
/// </param>
/// <param name="Faults">What was lost, doubled, disordered or refused; empty if all is well.</param>
internal sealed record RunResult(IReadOnlyList<Figure> Figures, IReadOnlyList<string> Faults);
