namespace JoChat.Load.Torture;

/// <summary>What a client must know of the life of the server that it is connected to.</summary>
/// <param name="Number">Which life, ≥ 1.</param>
internal sealed record CurrentLife(int Number)
{
    /// <summary>Whether its disk fails, so that a write may be refused.</summary>
    public bool MayRefuseWrites { get; init; }

    /// <summary>Whether reads are made to fail too.</summary>
    public bool MayRefuseReads { get; init; }

    /// <summary>Whether its writer may be gone and another one found: then anything may be refused for a while, and a session
    /// that was given up may have the account again.</summary>
    public bool MayLoseWriter { get; init; }
}
