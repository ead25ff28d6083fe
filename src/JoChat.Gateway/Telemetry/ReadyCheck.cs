namespace JoChat.Gateway;

/// <summary>Whether requests of clients could be served now. Who asks often is told what was found less than a second ago,
/// and who asks meanwhile waits for the same answer: the writer is asked once a second at most.</summary>
/// <param name="find">Asks; gives why not, or null, in bounded time.</param>
/// <param name="time">The clock by which an answer grows old.</param>
/// <param name="stopping">Whether the process stops.</param>
internal sealed class ReadyCheck(Func<Task<string?>> find, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<string?>? _found; // under the lock, as what follows
    private long _foundAt;

    /// <summary>Finds out why requests could not be served.</summary>
    /// <returns>Null if they could.</returns>
    public async Task<string?> FindOutageAsync()
    {
        var outage = stopping.IsCancellationRequested ? null : await FindAsync();
        return stopping.IsCancellationRequested ? "the server is stopping" : outage;
    }

    private Task<string?> FindAsync()
    {
        lock (_lock)
        {
            if (_found is null || (_found.IsCompleted && time.GetElapsedTime(_foundAt) >= Fresh))
            {
                (_found, _foundAt) = (find(), time.GetTimestamp());
            }
            return _found;
        }
    }
}
