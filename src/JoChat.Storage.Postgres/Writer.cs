using System.Diagnostics;
using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>The writer's connection, and its epoch: the right to write, which PostgreSQL checks in each batch. A connection
/// that is lost is opened again, and the epoch claimed again, which waits for whatever the lost one had begun.</summary>
internal sealed class Writer : IDisposable
{
    // Who takes over from a gateway that was killed: its connection takes a moment to end.
    private static readonly TimeSpan PredecessorEndsWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const string ClaimSql = """
        UPDATE writer
        SET epoch = epoch + 1, owner = $1, backend = pg_backend_pid(),
          backend_start = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
        WHERE part = 0 AND (epoch = $2 OR owner = $1)
        RETURNING epoch, batch, last_id, ordered_through
        """;

    private const string FindPredecessorSql = """
        SELECT writer.epoch, activity.pid, coalesce(host(activity.client_addr), 'this machine')
        FROM writer
        LEFT JOIN pg_stat_activity AS activity
          ON activity.pid = writer.backend AND activity.backend_start = writer.backend_start
        WHERE part = 0
        """;

    // Its statement may hang on a network that is gone, or its process be stopped: the claim would wait for it.
    private const string EndBackendSql = """
        SELECT pg_terminate_backend(activity.pid)
        FROM writer
        JOIN pg_stat_activity AS activity
          ON activity.pid = writer.backend AND activity.backend_start = writer.backend_start
        WHERE part = 0 AND activity.pid <> pg_backend_pid()
        """;

    private const string EndOwnBackendSql = EndBackendSql + " AND owner = $1";

    private readonly PostgresServer _server;
    private readonly Guid _self = Guid.NewGuid();
    private NpgsqlConnection _connection;
    private StoreLostException? _lost;
    private StorageException? _lastFault;
    private TimeSpan _retryAfter;
    private long _lastFaultAt;
    private bool _isUnsure; // a standby may not have the last commit

    /// <param name="server">The database.</param>
    /// <param name="takesOver">Whether to end the connection of another gateway that has it.</param>
    /// <param name="mayBeUnfinished">Whether it may be the target of a move that is not finished.</param>
    /// <exception cref="StorageException">Another gateway has the database, or it cannot be used.</exception>
    public Writer(PostgresServer server, bool takesOver = false, bool mayBeUnfinished = false)
    {
        _server = server;
        _connection = server.ConnectWriter();
        try
        {
            Schema.Apply(_connection, server.Name);
            if (takesOver) { EnsureFinished(); } // a move that is under way is not ended
            Claim(_connection, EpochWithoutWriter(takesOver));
            if (!mayBeUnfinished) { EnsureFinished(); } // from the claim on none can begin
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The epoch.</summary>
    public long Epoch { get; private set; }

    /// <summary>The number of the last batch that is stored.</summary>
    public long Batch { get; private set; }

    /// <summary>The highest message id that was stored when the epoch was claimed.</summary>
    public long LastId { get; private set; }

    /// <summary>Up to which message conversations were ordered when the epoch was claimed.</summary>
    public long OrderedThrough { get; private set; }

    /// <summary>Whether the connection is lost.</summary>
    public bool IsLost => _connection.State != System.Data.ConnectionState.Open;

    /// <summary>The connection, opened again if it was lost.</summary>
    /// <exception cref="StorageException">It cannot be opened now.</exception>
    /// <exception cref="StoreLostException">Another gateway has taken over.</exception>
    public NpgsqlConnection Connect()
    {
        ThrowIfLost();
        if (!IsLost) { return _connection; }
        // A server that does not answer at all must not take all of the writer's time.
        if (_lastFault is { } last && Stopwatch.GetElapsedTime(_lastFaultAt) < _retryAfter) { throw last; }
        Reconnect();
        return _connection;
    }

    /// <exception cref="StoreLostException">It was thrown before.</exception>
    public void ThrowIfLost()
    {
        if (_lost is not null) { throw _lost; }
    }

    /// <summary>Takes note that the batch with the next number is stored, as the server says.</summary>
    /// <returns>False if that is unsure: a wait for a standby was cancelled, which looks like success.</returns>
    public bool TryStore()
    {
        if (_isUnsure) { return false; }
        Batch++;
        return true;
    }

    /// <summary>Finds out whether the batch with the next number is stored, when its answer was lost.</summary>
    /// <param name="readAnswer">Reads again what the answer told, if it is.</param>
    /// <exception cref="StoreLostException">It cannot be told, or another gateway has taken over.</exception>
    public bool Settle(Action<NpgsqlConnection> readAnswer)
    {
        var began = Stopwatch.GetTimestamp();
        var before = Batch;
        while (true)
        {
            try
            {
                Reconnect();
                if (Batch == before) { return false; }
                readAnswer(_connection);
                return true;
            }
            catch (Exception fault) when (fault is StorageException or NpgsqlException)
            {
                if (Stopwatch.GetElapsedTime(began) >= SettlesWithin)
                {
                    var reason = fault is NpgsqlException inner
                        ? PostgresFault.Translate(inner, "read from", _server.Name) : fault;
                    throw Lost($"{reason.Message}; it cannot be told whether the last messages are stored, so nobody was "
                        + "answered: clients send them again", fault);
                }
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Checks that no other gateway has taken over, if that can be told now.</summary>
    /// <exception cref="StoreLostException">One has.</exception>
    public void EnsureEpoch()
    {
        try
        {
            var epoch = (long)Connect().ReadScalar("SELECT epoch FROM writer WHERE part = 0")!;
            if (epoch != Epoch) { throw TakenOver(); }
        }
        catch (Exception fault) when (fault is NpgsqlException or StorageException)
        {
            // Seen by the next batch.
        }
    }

    /// <summary>Claims the epoch once more.</summary>
    /// <returns>The epoch.</returns>
    public long RaiseEpoch()
    {
        Claim(Connect(), epoch: -1);
        return Epoch;
    }

    /// <summary>Another gateway writes to the database.</summary>
    public StoreLostException TakenOver() => Lost($"another gateway has taken over {_server.Name}", inner: null);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // It does not pass, and whoever asks later hears the same.
    private StoreLostException Lost(string message, Exception? inner) => _lost = new StoreLostException(message, inner);

    private void EnsureFinished()
    {
        if (PostgresMoveSide.IsUnfinished(_connection)) { throw MoveMark.Refusal(_server.Name); }
    }

    private void Reconnect()
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            _connection.Dispose();
            _connection = _server.ConnectWriter();
            _connection.Execute(EndOwnBackendSql, _self);
            Claim(_connection, epoch: -1);
            _lastFault = null;
        }
        catch (NpgsqlException fault)
        {
            _connection.Dispose();
            _lastFault = PostgresFault.Translate(fault, "connect to", _server.Name);
            (_lastFaultAt, _retryAfter) = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(began));
            throw _lastFault;
        }
    }

    private void Claim(NpgsqlConnection connection, long epoch)
    {
        _isUnsure = false;
        connection.Notice += NoteCancelledWait;
        using (var command = connection.Command(ClaimSql, _self, epoch))
        using (var rows = command.ExecuteReader())
        {
            if (!rows.Read()) { throw TakenOver(); }
            (Epoch, Batch, LastId, OrderedThrough) =
                (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3));
        }
        if (!_isUnsure) { return; }
        throw new StorageException($"cannot write to {_server.Name}: no standby confirms it", isTransient: true);
    }

    private long EpochWithoutWriter(bool takesOver)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var (epoch, backend, address) = _connection.ReadAll(
                rows => (rows.GetInt64(0), rows.IsDBNull(1) ? (int?)null : rows.GetInt32(1), rows.GetString(2)),
                FindPredecessorSql)[0];
            if (backend is null) { return epoch; }
            if (takesOver) { _connection.Execute(EndBackendSql); }
            if (Stopwatch.GetElapsedTime(began) >= PredecessorEndsWithin)
            {
                throw new StorageException($"cannot open {_server.Name}: another gateway uses it, from {address} "
                    + $"(backend {backend}); stop that one first", isTransient: false);
            }
            Thread.Sleep(Pause);
        }
    }

    // The server's texts are translated; its function's name is not.
    private void NoteCancelledWait(object sender, NpgsqlNoticeEventArgs args)
    {
        if (args.Notice.Routine == "SyncRepWaitForLSN") { _isUnsure = true; }
    }
}
