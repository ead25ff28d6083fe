using System.Collections.ObjectModel;
using JoChat.Storage;

namespace JoChat.Load.Torture;

/// <summary>A store of which every n-th call fails as a disk would, and whose commits may be false.</summary>
/// <param name="store">The store that does the work.</param>
/// <param name="failing">Which calls fail.</param>
/// <param name="commitsAtOnce">1: every commit is done. n: only every n-th is, and the others only claim to be.</param>
internal sealed partial class FaultyStore(IChatStore store, FailingCalls failing, int commitsAtOnce) : IChatStore
{
    /// <summary>Written on standard output for each call that fails, to be counted.</summary>
    public const string FaultLine = "store fault";

    private int _begins, _adds, _writes, _commits, _reads;
    private int _lies; // commits that were claimed and not done
    private bool _isOpen, _isSpoiled;

    public string Name => store.Name;

    public MessageId LastMessageId => store.LastMessageId;

    public void Begin()
    {
        Meet(ref _begins, failing.Begin);
        if (_lies == 0) { store.Begin(); }
        _isOpen = true;
    }

    public IReadOnlyDictionary<MessageId, FirstSend> Commit()
    {
        try
        {
            Meet(ref _commits, failing.Commit);
        }
        catch (StorageException)
        {
            Rollback();
            throw;
        }
        _isOpen = false;
        if (++_lies < commitsAtOnce) { return ReadOnlyDictionary<MessageId, FirstSend>.Empty; }
        _lies = 0;
        return store.Commit();
    }

    public void Rollback()
    {
        (_isOpen, _isSpoiled, _lies) = (false, false, 0);
        store.Rollback();
    }

    public void EnsureInPlace() => store.EnsureInPlace();

    public long MeasureFreeBytes() => store.MeasureFreeBytes();

    public void Dispose() => store.Dispose();

    private void BeforeWrite() => Meet(ref _writes, failing.Write);

    private void BeforeRead()
    {
        if (IsNext(ref _reads, failing.Read)) { throw Fail(); }
    }

    // A failed call spoils the open batch, as the contract says: nothing more is written in it.
    private void Meet(ref int calls, int every)
    {
        if (_isSpoiled || IsNext(ref calls, every)) { throw Fail(); }
    }

    private static bool IsNext(ref int calls, int every) => every > 0 && ++calls % every == 0;

    private StorageException Fail()
    {
        _isSpoiled = _isOpen;
        Console.WriteLine(FaultLine);
        return new StorageException("the store was made to fail", isTransient: true);
    }
}
