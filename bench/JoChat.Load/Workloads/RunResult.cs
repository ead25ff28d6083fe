namespace JoChat.Load;

/// <summary>The result of one run of a load or of a floor.</summary>
/// <param name="Figures">In the order in which they are shown. A floor gives a figure the name of the one it bounds.
/// </param>
/// <param name="Faults">What was lost, duplicated, misordered or refused; empty if nothing was.</param>
internal sealed record RunResult(IReadOnlyList<Figure> Figures, IReadOnlyList<string> Faults);
