using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The transaction behind the store's batches: closed, open, or spoiled.</summary>
/// <remarks>A failed statement spoils the batch: SQLite may have rolled all of it back (as when the disk is full), and
/// later writes would then be committed without the earlier ones. A spoiled batch refuses everything until it is rolled
/// back.</remarks>
internal sealed class SqliteTransactionScope(SqliteConnection connection) : IDisposable
{
    // IMMEDIATE takes the write lock here. At the first write it would be too late to wait for it.
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

    /// <summary>Throws unless a batch is open and not spoiled.</summary>
    public void EnsureUsable()
    {
        if (!_isOpen) { throw new InvalidOperationException("No batch is open: call Begin first."); }
        if (_spoiledBy is { } cause) { throw new StorageException(cause.Message, cause.IsTransient, cause); }
    }

    public void Spoil(StorageException cause)
    {
        if (_isOpen) { _spoiledBy ??= cause; }
    }

    /// <summary>Commits and syncs to disk. If it throws, the batch is still open.</summary>
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
            // SQLite rolled back by itself when a statement failed, so there is no transaction.
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }
}
