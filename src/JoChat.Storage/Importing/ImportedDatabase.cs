using System.Text;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>A new database for what is imported. It is made beside its place and put there when it is whole, so that an
/// import that is ended at any moment leaves nothing there.</summary>
/// <remarks>Every call may throw <see cref="StorageException"/> or <see cref="StoreLostException"/>.</remarks>
public sealed class ImportedDatabase : IDisposable
{
    private const int RowsPerCommit = 50_000;
    private const string End = ".importing";

    // 128 MiB: indexes are written in another order than rows. Checkpoints are SQLite's own, each 32 MiB.
    private const string Settings = "PRAGMA cache_size = -131072; PRAGMA wal_autocheckpoint = 8192";

    // As each message was counted when it was sent (IChatStore.BytesBesideContent).
    private const string CountSentBytesSql = """
        INSERT INTO sent_bytes (account_id, bytes)
        SELECT sender_id, sum(length(CAST(content AS BLOB)) + 100) FROM messages NOT INDEXED GROUP BY sender_id
        """;

    private const string ReadAccountsSql = "SELECT id, username, username_key, password_hash FROM accounts ORDER BY id";

    private const string ReadMessagesSql = """
        SELECT message.id, message.sender_id, message.recipient_id,
               message.received = 1 OR message.id <= recipient.received_through, message.content
        FROM messages AS message
        JOIN accounts AS recipient ON recipient.id = message.recipient_id
        ORDER BY message.id
        """;

    private readonly string _unfinished;
    private readonly SqliteDatabase _database;
    private readonly SqliteTransactionScope _transaction;
    private readonly AccountStatements _accounts;
    private readonly MessageStatements _messages;
    private readonly MessageIdSequence _ids;
    private readonly DeliveredPrefixes<AccountId> _delivered = new();
    private readonly DeliveredPrefixes<(AccountId Reader, AccountId Sender)> _read = new();
    private readonly RowsHash _accountRows = new(), _messageRows = new();
    private int _uncommitted;
    private bool _isClosed;

    private ImportedDatabase(string path, SqliteDatabase database, Func<string, string> skeletonOf)
    {
        (Path, _unfinished, _database) = (path, database.Path, database);
        _transaction = new SqliteTransactionScope(Connection);
        _accounts = new AccountStatements(Connection, skeletonOf);
        _messages = new MessageStatements(Connection);
        _ids = new MessageIdSequence(Connection);
    }

    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>Where another file may be as long as this is not disposed of, such as a copy of what is imported. What a
    /// run that was killed has left there is deleted.</summary>
    public string Beside => _unfinished + "-source";

    private SqliteConnection Connection => _database.Connection;

    /// <summary>Begins one.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="skeletonOf">What usernames that look alike have in common.</param>
    /// <exception cref="StorageException">There is something, or an import runs already.</exception>
    public static ImportedDatabase Create(string path, Func<string, string> skeletonOf)
    {
        var full = System.IO.Path.GetFullPath(path);
        DatabaseFile.CheckPath(full);
        EnsureFree(full);
        StoreLock.Take(full + End).Dispose(); // or what an import that runs is writing would be deleted
        DeleteFiles(full + End);
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(full + End, isChecked: false, skeletonOf);
            var imported = new ImportedDatabase(full, database, skeletonOf);
            imported.Connection.Execute(Settings);
            return imported;
        }
        catch (Exception fault)
        {
            SqliteLibrary.ReleaseLostStatements();
            database?.Dispose();
            DeleteFiles(full + End);
            File.Delete(full + End + "-lock");
            if (fault is SqliteException refused) { throw SqliteFault.Translate(refused, "write", full); }
            throw;
        }
    }

    /// <summary>Adds an account. Its name is not taken, and its id is above all before.</summary>
    /// <param name="account">The account.</param>
    /// <param name="createdAt">When it was made.</param>
    public void AddAccount(ImportedAccount account, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(account);
        Write(() =>
        {
            var added = _accounts.Add(
                account.Username, account.UsernameKey, account.PasswordHash, createdAt, account.Id);
            if (added is null) { throw new InvalidOperationException("Two accounts have the same name."); }
        });
        _accountRows.AddAccount(account.Id.Value, account.Username, account.UsernameKey, account.PasswordHash);
    }

    /// <summary>Adds a message between two of the accounts. Its id is above all before.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isDelivered">Whether it was delivered. It counts as read then, if what the same person has sent before is
    /// delivered too.</param>
    public void AddMessage(NewMessage message, bool isDelivered)
    {
        _read.Add((message.Recipient, message.Sender), message.Id, isDelivered);
        var isBelowWatermark = _delivered.Add(message.Recipient, message.Id, isDelivered);
        Write(() =>
        {
            _messages.Add(message);
            if (isDelivered && !isBelowWatermark)
            {
                _messages.MarkDeliveredAfter(message.Recipient, new MessageId(message.Id.Value - 1), message.Id);
            }
        });
        _ids.Give(message.Id);
        _messageRows.AddRow(message.Id.Value, message.Sender.Value, message.Recipient.Value, isDelivered ? 1 : 0,
            Encoding.UTF8.GetBytes(message.Content));
    }

    /// <summary>Writes what follows from accounts and messages, and compares all that can be read now with what was
    /// added.</summary>
    /// <param name="lastAccount">The highest id that an account was ever given, if it is none that was added.</param>
    /// <param name="lastMessage">The same of a message.</param>
    /// <exception cref="StorageException">It is not the same.</exception>
    public void Finish(AccountId lastAccount, MessageId lastMessage)
    {
        if (lastMessage.Value > _ids.Last.Value) { _ids.Give(lastMessage); }
        Write(() =>
        {
            foreach (var (account, through) in _delivered.All) { _accounts.AdvanceWatermark(account, through); }
            using var markRead = new MarkReadStatements(Connection);
            foreach (var ((reader, sender), through) in _read.All)
            {
                markRead.MarkReadThrough(reader, sender, through, limit: 1);
            }
            Connection.Execute(CountSentBytesSql);
            RaiseLastAccount(lastAccount.Value);
            IndexConversations();
        });
        Commit();
        Compare();
    }

    /// <summary>Commits what was added.</summary>
    internal void Commit() => Run(() =>
    {
        if (_uncommitted > 0) { CommitNow(); }
    });

    /// <summary>Whether it is in its place.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Closes it and puts it in its place.</summary>
    /// <param name="justBefore">The last that is done before: if it throws, nothing is put in place.</param>
    public void Keep(Action? justBefore = null)
    {
        _database.EnsureInPlace();
        Close();
        if (new FileInfo(_unfinished + "-wal") is { Exists: true, Length: > 0 })
        {
            throw new StorageException($"cannot write {Path}: {_unfinished}-wal could not be merged into the database",
                isTransient: true);
        }
        EnsureFree(Path);
        justBefore?.Invoke();
        Move();
    }

    /// <summary>What was not kept is gone.</summary>
    public void Dispose()
    {
        Close();
        DeleteFiles(_unfinished);
        File.Delete(_unfinished + "-lock");
    }

    private void Move()
    {
        try
        {
            File.Move(_unfinished, Path, overwrite: false);
            IsKept = true;
            SyncedFile.SyncFolderOf(Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(IsKept
                ? $"{Path} is whole, but may be gone after a loss of power: {fault.Message}"
                : $"cannot write {Path}: {fault.Message}", isTransient: false, fault);
        }
    }

    // A WAL or a journal that is left there would be taken for the new database's.
    private static void EnsureFree(string path)
    {
        foreach (var taken in ((string[])["", "-wal", "-journal"]).Select(end => path + end).Where(System.IO.Path.Exists))
        {
            throw new StorageException(
                $"{taken} is there already, and nothing is imported into it; name a new file with --db", isTransient: false);
        }
    }

    private static void DeleteFiles(string unfinished)
    {
        foreach (var end in (string[])["", "-wal", "-shm", "-journal"]) { File.Delete(unfinished + end); }
        OriginalFile.Delete(unfinished + "-source");
    }

    private void RaiseLastAccount(long last) => Connection.Execute(FormattableString.Invariant($"""
        INSERT INTO sqlite_sequence (name, seq)
        SELECT 'accounts', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'accounts');
        UPDATE sqlite_sequence SET seq = max(seq, {last}) WHERE name = 'accounts'
        """));

    private void IndexConversations()
    {
        using var indexer = new ConversationIndexer(Connection, maxUnindexed: 1);
        while (indexer.IsDue(_ids.Last))
        {
            indexer.CatchUp(_ids.Last);
            indexer.Committed();
        }
    }

    private void Compare() => Run(() =>
    {
        var accounts = _accountRows.Take();
        var messages = _messageRows.Take();
        using (var rows = new RawStatement(Connection, ReadAccountsSql))
        {
            while (rows.Read())
            {
                _accountRows.AddAccount(
                    rows.GetInt64(0), rows.GetOriginal(1).Text, rows.GetOriginal(2).Text, rows.GetOriginal(3).Text);
            }
        }
        using (var rows = new RawStatement(Connection, ReadMessagesSql))
        {
            while (rows.Read())
            {
                _messageRows.AddRow(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3),
                    rows.GetOriginal(4).Bytes.Span);
            }
        }
        if (accounts == _accountRows.Take() && messages == _messageRows.Take()) { return; }
        throw new StorageException($"what was written to {_unfinished} is not what is read from it; check the disk",
            isTransient: true);
    });

    private void Write(Action write) => Run(() =>
    {
        if (_uncommitted == 0) { _transaction.Begin(); }
        _uncommitted++;
        write();
        if (_uncommitted >= RowsPerCommit) { CommitNow(); }
    });

    private void CommitNow()
    {
        _ids.Store();
        _transaction.Commit();
        _ids.Committed();
        _uncommitted = 0;
    }

    private void Run(Action run)
    {
        try
        {
            run();
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, "write", Path);
        }
    }

    private void Close()
    {
        if (_isClosed) { return; }
        _isClosed = true;
        _transaction.Rollback();
        _accounts.Dispose();
        _messages.Dispose();
        _ids.Dispose();
        _transaction.Dispose();
        _accountRows.Dispose();
        _messageRows.Dispose();
        _database.Dispose();
    }
}
