namespace JoChat.Load.Torture;

/// <summary>The verdict of a run; see bench/README.md, "Torture".</summary>
internal sealed record Tally(
    int Attempted, int Acknowledged, int Delivered, int Lost, int Duplicated, int Misordered, int Altered, int Faults)
{
    /// <summary>Whether every guarantee was kept. A run that sent nothing shows nothing.</summary>
    public bool IsClean => Attempted > 0 && Lost == 0 && Duplicated == 0 && Misordered == 0 && Altered == 0 && Faults == 0
        && Attempted == Acknowledged;
}
