using JoChat.Storage;

namespace JoChat.Actors;

// What is done whether somebody asks for something or not.
internal sealed partial class PersistenceActor
{
    private const int NamesAtOnce = 100;

    private static readonly TimeSpan UpkeepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClientIdMemory = TimeSpan.FromDays(30); // docs/protocol.md promises it

    private bool _isRemoving;

    protected override void PreStart()
    {
        Self.Tell(UpkeepDue.Instance);
        RemoveRemainsSoon();
        Timers.StartPeriodicTimer(UpkeepDue.Instance, UpkeepDue.Instance, UpkeepInterval);
    }

    private void ReceiveUpkeep()
    {
        Receive<UpkeepDue>(_ => KeepUp());
        Receive<RemoveRemains>(_ => Remove());
    }

    private void KeepUp()
    {
        _store.EnsureInPlace();
        _freeSpace.Look();
        var now = _time.GetUtcNow();
        // Soon, and not only when one is shown: what is gone does not come back to life when the clock goes back.
        DeleteIfAny(
            () => _store.HasExpiredLogins(now), () => _store.DeleteExpiredLogins(now, ExpiredLoginsAtOnce));
        DeleteIfAny(() => _store.HasNamesToRelease(now), () => _store.ReleaseNames(now, NamesAtOnce));
        var forgotten = now - ClientIdMemory;
        DeleteIfAny(
            () => _store.HasExpiredClientIds(forgotten), () => _store.DeleteExpiredClientIds(forgotten));
        RemoveRemainsSoon();
    }

    private void RemoveRemainsSoon()
    {
        if (_isRemoving) { return; }
        _isRemoving = true;
        Self.Tell(RemoveRemains.Instance);
    }

    // As long as there are some. If the store fails, it is tried again with the next upkeep.
    private void Remove()
    {
        _isRemoving = false;
        if (DeleteIfAny(() => _store.HasRemains, _store.RemoveRemains) || RemoveExpired()) { RemoveRemainsSoon(); }
    }

    private bool RemoveExpired()
    {
        var deleted = 0;
        if (!DeleteIfAny(_retention.HasExpired, () => deleted = _retention.DeleteExpired()))
        {
            _retention.TellSometimes();
            return false;
        }
        _retention.Count(deleted);
        _metrics?.NotePruned(deleted);
        return true;
    }

    // In a transaction of its own: if it does not fit on a full disk, nobody else is refused because of it. True
    // if something was deleted.
    private bool DeleteIfAny(Func<bool> isAny, Action delete)
    {
        try
        {
            if (!isAny()) { return false; }
            _commit.Commit();
            _commit.Transact(delete);
            return true;
        }
        catch (StorageException)
        {
            return false; // tried again; who asks for something meanwhile is told that the store fails
        }
    }

    /// <summary>Remove some of what deleted accounts left, or of the messages that are too old. The actor tells it itself.
    /// </summary>
    private sealed record RemoveRemains : IComesLast
    {
        public static RemoveRemains Instance { get; } = new();
    }

    /// <summary>Do what is due. The actor's timer tells it.</summary>
    private sealed record UpkeepDue
    {
        public static UpkeepDue Instance { get; } = new();
    }
}
