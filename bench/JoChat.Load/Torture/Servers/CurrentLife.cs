namespace JoChat.Load.Torture;

/// <summary>What a client must know of the life of the server that it is connected to.</summary>
/// <param name="Number">Which life, ≥ 1. A cluster has one.</param>
/// <param name="Phase">Which part of it: a cluster's faults begin and end while clients stay connected.</param>
internal sealed record CurrentLife(int Number, int Phase = 0)
{
    /// <summary>Whether a write may be refused: its disk fails, or a fault of a cluster lasts.</summary>
    public bool MayRefuseWrites { get; init; }

    /// <summary>Whether a read may be.</summary>
    public bool MayRefuseReads { get; init; }

    /// <summary>Whether a write that was refused may be stored all the same, if the process is killed next.</summary>
    public bool MayStoreRefused { get; init; }

    /// <summary>Whether its writer may be gone and another one found: then anything may be refused for a while, and a session
    /// that was given up may have the account again.</summary>
    public bool MayLoseWriter { get; init; }

    /// <summary>The same life in the phase that it is in now.</summary>
    /// <param name="server">The server's.</param>
    public CurrentLife At(CurrentLife server) => server.Number == Number ? server : this;

    /// <summary>Whether a fault may have done something to what began in this life.</summary>
    /// <param name="may">Whether a fault of a phase may do it.</param>
    /// <param name="end">The life when it ended. Where that is another phase, there was a fault between.</param>
    public bool Excuses(Func<CurrentLife, bool> may, CurrentLife end) => may(this) || end.Phase != Phase;
}
