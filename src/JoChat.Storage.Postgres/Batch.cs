using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>The store's batch: closed, open, or spoiled. It is written by one statement when it is committed. If something
/// else is written in it, or read of what it has gathered, it becomes a transaction before.</summary>
internal sealed class Batch(Writer writer, PendingSentBytes sentBytes, Func<MessageId> last)
{
    private NpgsqlTransaction? _transaction;
    private Dictionary<MessageId, FirstSend> _sentBefore = [];
    private StorageException? _spoiledBy;

    /// <summary>Whether it is open, or spoiled.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>What is to be written with it.</summary>
    public PendingWrites Pending { get; } = new(sentBytes);

    public void Begin()
    {
        if (IsOpen) { throw new InvalidOperationException("A batch is open already."); }
        writer.Connect();
        IsOpen = true;
    }

    /// <summary>Throws unless a batch is open and not spoiled.</summary>
    public void EnsureUsable()
    {
        if (!IsOpen) { throw new InvalidOperationException("No batch is open: call Begin first."); }
        if (_spoiledBy is { } cause) { throw new StorageException(cause.Message, cause.IsTransient, cause); }
    }

    public void Spoil(StorageException cause)
    {
        if (IsOpen) { _spoiledBy ??= cause; }
    }

    /// <summary>The connection, for reading what does not depend on what the batch has gathered.</summary>
    public NpgsqlConnection ToReadBeside() => IsOpen ? Open() : writer.Connect();

    /// <summary>The connection, for reading: the database has all that was gathered.</summary>
    public NpgsqlConnection ToRead() => Pending.IsEmpty ? ToReadBeside() : ToWrite();

    /// <summary>The connection, for writing in the batch.</summary>
    public NpgsqlConnection ToWrite()
    {
        var connection = Open();
        if (_transaction is not null && Pending.IsEmpty) { return connection; }
        _transaction ??= connection.BeginTransaction();
        Put(connection); // also if nothing was gathered: it locks the row of the epoch
        Pending.Written(_sentBefore);
        return connection;
    }

    /// <summary>Makes the batch durable.</summary>
    /// <returns>What <see cref="IChatStore.Commit"/> does.</returns>
    /// <exception cref="StorageException">It is not stored.</exception>
    /// <exception cref="StoreLostException">See <see cref="Writer.Settle"/>.</exception>
    public IReadOnlyDictionary<MessageId, FirstSend> Commit()
    {
        if (_transaction is null && Pending.IsEmpty) { return Close(); }
        var isStored = _transaction is null ? TryPut() || TryPut() : TryCommit();
        if (!isStored) { throw new StorageException("the connection was lost; nothing is stored", isTransient: true); }
        Pending.Written(_sentBefore);
        return Close();
    }

    /// <summary>Never throws.</summary>
    public void Rollback()
    {
        try
        {
            if (!writer.IsLost) { _transaction?.Rollback(); }
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
        {
            // The server rolls back what a lost connection had begun, and a transaction whose commit it refuses.
        }
        _transaction = null;
        Close();
    }

    // All of it is in one statement, which can be sent again if it was not stored.
    private bool TryPut()
    {
        try
        {
            Put(writer.Connect());
            if (writer.TryStore()) { return true; }
        }
        catch (NpgsqlException fault) when (IsUnknown(fault))
        {
            // What became of it is seen below.
        }
        _sentBefore.Clear();
        return writer.Settle(connection => Pending.FindSentBefore(connection, _sentBefore));
    }

    private bool TryCommit()
    {
        if (!Pending.IsEmpty) { ToWrite(); }
        try
        {
            _transaction!.Commit();
            if (writer.TryStore()) { return true; }
        }
        catch (NpgsqlException fault) when (IsUnknown(fault))
        {
            // What became of it is seen below.
        }
        _transaction = null; // gone with its connection
        return writer.Settle(_ => { });
    }

    // An error that the server tells has undone what it answers, though Npgsql closes the connection after some of them (a
    // full disk).
    private bool IsUnknown(NpgsqlException fault) =>
        writer.IsLost && fault is not PostgresException { InvariantSeverity: "ERROR" };

    private void Put(NpgsqlConnection connection)
    {
        try
        {
            Pending.Put(connection, writer.Epoch, writer.Batch + 1, last(), _sentBefore);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresFault.EpochIsOver)
        {
            throw writer.TakenOver();
        }
    }

    // What a connection had begun is gone with it.
    private NpgsqlConnection Open() => writer.IsLost && _transaction is not null
        ? throw new StorageException("the connection was lost", isTransient: true)
        : writer.Connect();

    private Dictionary<MessageId, FirstSend> Close()
    {
        var sentBefore = _sentBefore;
        _sentBefore = [];
        Pending.Clear();
        _transaction?.Dispose();
        (_transaction, _spoiledBy, IsOpen) = (null, null, false);
        return sentBefore;
    }
}
