using JoChat.Storage;

namespace JoChat.Actors;

// What is done whether somebody asks for something or not.
internal sealed partial class PersistenceActor
{
    private static readonly TimeSpan UpkeepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClientIdMemory = TimeSpan.FromDays(30); // docs/protocol.md promises it

    protected override void PreStart()
    {
        Self.Tell(UpkeepDue.Instance);
        Timers.StartPeriodicTimer(UpkeepDue.Instance, UpkeepDue.Instance, UpkeepInterval);
    }

    private void ReceiveUpkeep() => Receive<UpkeepDue>(_ =>
    {
        _store.EnsureInPlace();
        _freeSpace.Look();
        var now = _time.GetUtcNow();
        // Soon, and not only when one is shown: what is gone does not come back to life when the clock goes back.
        DeleteIfAny(
            () => _store.HasExpiredTokens(now), () => _store.DeleteExpiredTokens(now, ExpiredTokensAtOnce));
        var forgotten = now - ClientIdMemory;
        DeleteIfAny(
            () => _store.HasExpiredClientIds(forgotten), () => _store.DeleteExpiredClientIds(forgotten));
    });

    // In a transaction of its own: if it does not fit on a full disk, nobody else is refused because of it.
    private void DeleteIfAny(Func<bool> isAny, Action delete)
    {
        try
        {
            if (!isAny()) { return; }
            _commit.Commit();
            _commit.Transact(delete);
        }
        catch (StorageException)
        {
            // Tried again; who asks for something meanwhile is told that the store fails.
        }
    }

    /// <summary>Do what is due. The actor's timer tells it.</summary>
    private sealed record UpkeepDue
    {
        public static UpkeepDue Instance { get; } = new();
    }
}
