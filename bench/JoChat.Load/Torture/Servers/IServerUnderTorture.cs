using System.Net;

namespace JoChat.Load.Torture;

/// <summary>What the clients of a torture connect to: a process, or the nodes of a cluster.</summary>
internal interface IServerUnderTorture : IAsyncDisposable
{
    /// <summary>The life that it lives now, or the last one.</summary>
    CurrentLife Life { get; }

    /// <summary>Which faults had to be left out here, and why.</summary>
    IReadOnlyList<string> LeftOut { get; }

    /// <summary>Where a client connects next.</summary>
    /// <param name="random">The client's own.</param>
    IPEndPoint PickAddress(Random random);

    /// <summary>Starts it, so that accounts can be made.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Does it some harm.</summary>
    /// <param name="round">How many times that was done before.</param>
    /// <param name="random">The plan's.</param>
    /// <param name="cancellation">Ends it early.</param>
    Task HarmAsync(int round, Random random, CancellationToken cancellation);

    /// <summary>Ends all harm; then everything works.</summary>
    Task HealAsync(CancellationToken cancellation);

    /// <summary>Notes what it knows itself of what was done wrong.</summary>
    void Judge();
}
