using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Hashes many passwords at once, for accounts that come from elsewhere.</summary>
public static class PasswordHashes
{
    /// <summary>Hashes them as sign-ups do, on all cores.</summary>
    /// <param name="passwords">What clients will send to log in.</param>
    /// <param name="options">How much work each hash is.</param>
    /// <param name="report">Hears how many are done, one call at a time.</param>
    /// <returns>The hashes, in the same order.</returns>
    public static string[] Make(IReadOnlyList<Secret> passwords, PasswordOptions options, Action<int> report)
    {
        ArgumentNullException.ThrowIfNull(options);
        var slowHash = new SlowHash(options.Iterations, inUse: []);
        var hashes = new string[passwords.Count];
        var reporting = new Lock();
        var done = 0;
        Parallel.For(0, hashes.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            hashes[i] = slowHash.Hash(passwords[i]);
            lock (reporting) { report(++done); }
        });
        return hashes;
    }
}
