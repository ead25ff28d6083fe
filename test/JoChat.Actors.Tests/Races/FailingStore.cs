using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>A real store on a disk that fails at random, commits most of all.</summary>
internal sealed class FailingStore
{
    private const double CommitsFail = 0.6;
    private const double OthersFail = 0.01;
    private readonly IChatStore _store;
    private readonly Random _random;
    private bool _isOpen;
    private StorageException? _spoiledBy;

    public FailingStore(IChatStore store, Random random)
    {
        (_store, _random) = (store, random);
        Calls = Intercepted.Of(store, Before);
    }

    /// <summary>The store.</summary>
    public IChatStore Calls { get; }

    /// <summary>Whether anything fails.</summary>
    public bool IsFailing { get; set; }

    public IChatReader OpenReader() =>
        Intercepted.Of(_store.OpenReader(), _ => MayFail(OthersFail));

    private void Before(string call)
    {
        switch (call)
        {
            case nameof(IChatStore.Dispose) or nameof(IChatStore.EnsureInPlace): break;
            case nameof(IChatStore.MeasureFreeBytes): break;
            case "get_" + nameof(IChatStore.LastMessageId): break;
            case nameof(IChatStore.Begin):
                MayFail(OthersFail);
                _isOpen = true;
                break;
            case nameof(IChatStore.Rollback): (_isOpen, _spoiledBy) = (false, null); break;
            case nameof(IChatStore.Commit): BeforeCommit(); break;
            case var read when read.StartsWith("Find", StringComparison.Ordinal)
                || read.StartsWith("Count", StringComparison.Ordinal)
                || read is nameof(IChatStore.IsBlocked) or nameof(IChatStore.ReadUndelivered)
                    or nameof(IChatStore.ReadUnmarked) or nameof(IChatStore.HasExpiredLogins)
                    or nameof(IChatStore.IsHeld) or nameof(IChatStore.HasNamesToRelease) or nameof(IChatStore.HasLogin)
                    or nameof(IChatStore.HasExpiredClientIds) or nameof(IChatStore.ReadDelivered):
                MaySpoil(OthersFail);
                break;
            default: BeforeWrite(OthersFail); break;
        }
    }

    private void BeforeCommit()
    {
        try
        {
            BeforeWrite(CommitsFail);
            _isOpen = false;
        }
        catch (StorageException)
        {
            Calls.Rollback();
            throw;
        }
    }

    // What has failed once in a batch spoils it: the rest of it fails too, and its commit.
    private void BeforeWrite(double rate)
    {
        if (_spoiledBy is { } cause) { throw new StorageException(cause.Message, cause.IsTransient, cause); }
        MaySpoil(rate);
    }

    private void MaySpoil(double rate)
    {
        try
        {
            MayFail(rate);
        }
        catch (StorageException fault)
        {
            if (_isOpen) { _spoiledBy ??= fault; }
            throw;
        }
    }

    private void MayFail(double rate)
    {
        if (!IsFailing || _random.NextDouble() >= rate) { return; }
        throw new StorageException("The disk is full.", isTransient: true);
    }
}
