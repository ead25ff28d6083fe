namespace JoChat.Load.Torture;

/// <summary>What a client must know of the life of the server that it is connected to.</summary>
/// <param name="Number">Which life, ≥ 1.</param>
/// <param name="MayRefuseWrites">Whether its disk fails, so that a write may be refused.</param>
/// <param name="MayRefuseReads">Whether reads are made to fail too.</param>
internal sealed record CurrentLife(int Number, bool MayRefuseWrites, bool MayRefuseReads);
