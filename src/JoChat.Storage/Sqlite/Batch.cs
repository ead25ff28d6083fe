using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The one transaction of the connection: closed, open, or spoiled.</summary>
/// <remarks>A failed statement spoils the batch: SQLite may have undone all of it (a full disk does that), and what is
/// written after would then be committed alone. A spoiled batch refuses everything until it is closed.</remarks>
internal sealed class Batch(SqliteConnection connection) : IDisposable
{
    // IMMEDIATE: the write lock is taken here, not at the first write, where waiting for it cannot help any more.
    private readonly Statement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement _commit = new(connection, "COMMIT");
    private readonly Statement _rollback = new(connection, "ROLLBACK");
    private bool _isOpen;
    private StorageException? _spoiledBy;

    public void Begin()
    {
        if (_isOpen) { throw new InvalidOperationException("A batch is open already."); }
        _begin.Execute();
        _isOpen = true;
    }

    /// <summary>Throws unless a sound batch is open.</summary>
    public void Demand()
    {
        if (!_isOpen) { throw new InvalidOperationException("No batch is open: call Begin first."); }
        if (_spoiledBy is { } cause) { throw new StorageException(cause.Message, cause.IsTransient, cause); }
    }

    public void Spoil(StorageException cause)
    {
        if (_isOpen) { _spoiledBy ??= cause; }
    }

    /// <summary>Syncs the batch to disk. If it throws, the batch is still open.</summary>
    public void Commit()
    {
        _commit.Execute();
        _isOpen = false;
    }

    public void Rollback()
    {
        if (!_isOpen) { return; }
        _isOpen = false;
        _spoiledBy = null;
        try
        {
            _rollback.Execute();
        }
        catch (SqliteException)
        {
            // SQLite undid the transaction itself when a statement of it failed, so there is none to roll back.
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }
}
