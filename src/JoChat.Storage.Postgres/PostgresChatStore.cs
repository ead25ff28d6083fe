using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>A chat store in a PostgreSQL database, to which one gateway at a time writes: each batch names that gateway's
/// epoch, and one of an older epoch is refused.</summary>
/// <remarks>
/// <para>Messages and watermarks are gathered and written by one statement at the commit.</para>
/// <para>If the connection is lost at a commit, the store finds out whether it succeeded before it returns, for up to ten
/// seconds; then it is lost (<see cref="StoreLostException"/>).</para>
/// </remarks>
public sealed partial class PostgresChatStore : IChatStore
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly PostgresServer _server;
    private readonly StoreLimits _limits;
    private readonly Func<string, string> _skeletonOf;
    private readonly Writer _writer;
    private readonly Batch _batch;
    private readonly Undelivered _undelivered;
    private readonly UndeliveredCountCache _counts;
    private readonly PendingSentBytes _sentBytes = new();
    private readonly UsedClientIds _clientIds;
    private readonly Blocks _blocks;
    private readonly ConversationOrder _order;
    private readonly MessageDeletion _removal;

    private PostgresChatStore(
        PostgresServer server, StoreLimits limits, Func<string, string> skeletonOf, bool takesOver)
    {
        (_server, _limits, _skeletonOf) = (server, limits, skeletonOf);
        _writer = new Writer(server, takesOver);
        _blocks = new Blocks(_writer.Connect());
        LastMessageId = new MessageId(_writer.LastId);
        _batch = new Batch(_writer, _sentBytes, () => LastMessageId);
        _undelivered = new Undelivered(_batch);
        _counts = new UndeliveredCountCache(_undelivered, limits);
        _clientIds = new UsedClientIds(limits.ClientIdsAtOnce);
        _order = new ConversationOrder(_writer.OrderedThrough, limits.MaxUnindexed);
        _removal = new MessageDeletion(_counts);
    }

    /// <inheritdoc/>
    public string Name => _server.Name;

    /// <inheritdoc/>
    public MessageId LastMessageId { get; private set; }

    /// <summary>Opens the store and migrates its schema.</summary>
    /// <param name="connectionString">As Npgsql takes it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <param name="skeletonOf">What usernames that look alike have in common; null: only themselves. It is stored with
    /// each account.</param>
    /// <param name="takesOver">Whether to end the connection of another gateway that has the database: what it has not
    /// committed by then is refused. Else the other one is left alone.</param>
    /// <exception cref="FormatException">It is no connection string.</exception>
    /// <exception cref="StorageException">The database is in use by another gateway, is not JoChat's, is newer than this
    /// program, or cannot be reached or written to safely. It is left as it was.</exception>
    public static PostgresChatStore Open(
        string connectionString, Func<string, string>? skeletonOf = null, bool takesOver = false) =>
        Open(connectionString, new StoreLimits(), CallTimeout, skeletonOf, takesOver);

    /// <summary>Checks what needs no server.</summary>
    /// <exception cref="FormatException">It is no connection string.</exception>
    public static void Check(string connectionString) => new PostgresServer(connectionString, CallTimeout).Dispose();

    /// <inheritdoc cref="Open(string, Func{string, string}, bool)"/>
    internal static PostgresChatStore Open(
        string connectionString, StoreLimits limits, TimeSpan callTimeout, Func<string, string>? skeletonOf = null,
        bool takesOver = false)
    {
        var server = new PostgresServer(connectionString, callTimeout);
        try
        {
            return new PostgresChatStore(server, limits, skeletonOf ?? (username => username), takesOver);
        }
        catch (NpgsqlException fault)
        {
            server.Dispose();
            throw PostgresFault.Translate(fault, "open", server.Name);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long RaiseEpoch() => Read("raise the epoch of", _writer.RaiseEpoch);

    /// <inheritdoc/>
    public IChatReader OpenReader() => new PostgresChatReader(_server, _limits);

    /// <inheritdoc/>
    public void Begin()
    {
        if (_order.IsDue(LastMessageId)) { OrderConversations(); }
        Run("begin a batch in", _batch.Begin);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<MessageId, FirstSend> Commit()
    {
        try
        {
            return Write("commit to", _batch.Commit);
        }
        catch (StorageException)
        {
            Rollback();
            throw;
        }
    }

    /// <inheritdoc/>
    public void EnsureInPlace()
    {
        _writer.ThrowIfLost();
        if (!_batch.IsOpen) { _writer.EnsureEpoch(); } // an open batch is refused at its end
    }

    /// <inheritdoc/>
    public void Rollback()
    {
        _batch.Rollback();
        _counts.Clear();
        _blocks.Forget();
        _sentBytes.Forget();
    }

    /// <inheritdoc/>
    public void Reset() => Write("empty", () =>
    {
        _batch.ToWrite().Execute("""
            TRUNCATE accounts, watermarks, messages, withheld_messages, client_ids, conversations, name_grams,
              deleted_accounts, held_names, logins, login_tokens, blocks, sent_bytes
            """);
        _counts.Clear();
        _blocks.Forget();
        _sentBytes.Forget();
    });

    /// <summary>Rolls back an open batch and closes the connections. Another gateway may open the database then.</summary>
    public void Dispose()
    {
        _batch.Rollback();
        _writer.Dispose();
        _server.Dispose();
    }

    // In a batch of its own: if it fails, no caller's is refused because of it.
    private void OrderConversations()
    {
        try
        {
            _batch.Begin();
            _order.CatchUp(_batch.ToWrite(), LastMessageId);
            _batch.Commit();
            _order.Committed();
        }
        catch (Exception fault) when (fault is NpgsqlException or StorageException)
        {
            _batch.Rollback();
            _order.Postpone(LastMessageId);
        }
    }

    private void Write(string action, Action run)
    {
        _batch.EnsureUsable();
        Run(action, run);
    }

    private T Write<T>(string action, Func<T> run)
    {
        _batch.EnsureUsable();
        return Read(action, run);
    }

    private void Run(string action, Action run) => Read(action, () =>
    {
        run();
        return true;
    });

    private T Read<T>(string action, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (NpgsqlException fault)
        {
            var failed = PostgresFault.Translate(fault, action, _server.Name);
            _batch.Spoil(failed);
            throw failed;
        }
        catch (StorageException fault)
        {
            _batch.Spoil(fault);
            throw;
        }
    }
}
