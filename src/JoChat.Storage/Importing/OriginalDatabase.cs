using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>A database of the original JoChat, of which a copy is read. The file itself is not changed, and nothing is made
/// beside it.</summary>
/// <remarks>Every call may throw <see cref="StorageException"/>.</remarks>
public sealed class OriginalDatabase : IDisposable
{
    /// <summary>The highest id that is kept. It leaves as many above it that fit into a JSON number.</summary>
    public const long MaxId = 1L << 52;

    private const string UsableId = "typeof(id) = 'integer' AND id BETWEEN 1 AND 4503599627370496";

    private const string ReadMessagesSql = "SELECT id, sender, recipient, content, to_deliver FROM messages";

    private readonly string _copy;
    private readonly SqliteConnection _connection;
    private readonly OriginalFileState _copied;

    private OriginalDatabase(string path, string copy, SqliteConnection connection, OriginalFileState copied) =>
        (Path, _copy, _connection, _copied) = (path, copy, connection, copied);

    /// <summary>The file itself, not a link to it.</summary>
    public string Path { get; }

    /// <summary>When the file was last written to: no message in it was sent later.</summary>
    public DateTimeOffset LastWritten => _copied.LastWritten;

    /// <summary>Copies and opens it.</summary>
    /// <param name="path">The file, or a link to it: its WAL is beside the file.</param>
    /// <param name="copy">Where the copy is to be, until this is disposed of.</param>
    /// <exception cref="StorageException">There is none, it is in use, damaged, or not the original's.</exception>
    public static OriginalDatabase Open(string path, string copy)
    {
        var full = SqliteDatabase.Resolve(System.IO.Path.GetFullPath(path));
        SqliteConnection? connection = null;
        try
        {
            var copied = OriginalFile.Copy(full, copy);
            connection = SqliteDatabase.Connect(copy, SqliteOpenMode.ReadWrite);
            Check(connection, full);
            return new OriginalDatabase(full, copy, connection, copied);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            OriginalFile.Delete(copy);
            if (fault is SqliteException refused) { throw SqliteFault.Translate(refused, "import", full); }
            throw;
        }
    }

    /// <summary>Throws if the file is not as it was when it was copied: its server runs, and what it has written since is not
    /// in the copy.</summary>
    public void EnsureUnchanged() => OriginalFile.EnsureUnchanged(Path, _copied);

    /// <summary>Tables and columns that are not the original's, and are not read.</summary>
    public IReadOnlyList<string> FindOthers() => Run(() => OriginalSchema.FindOthers(_connection));

    /// <summary>The highest id that a user was ever given, as far as the file tells; 0 if none.</summary>
    public long ReadLastAccountId() => Run(() => ReadLastId("users"));

    /// <summary>The same for messages.</summary>
    public long ReadLastMessageId() => Run(() => ReadLastId("messages"));

    /// <summary>All users, in SQLite's order of their ids, which need not be numbers.</summary>
    public IReadOnlyList<OriginalAccount> ReadAccounts() => Run(() =>
    {
        var accounts = new List<OriginalAccount>();
        using var rows = new RawStatement(_connection, "SELECT id, username, password_hash FROM users ORDER BY id");
        while (rows.Read())
        {
            accounts.Add(new OriginalAccount(rows.GetOriginal(0), rows.GetOriginal(1), rows.GetOriginal(2)));
        }
        return accounts;
    });

    /// <summary>All messages: those with usable ids in their order, then the others in the order in which they are
    /// stored.</summary>
    public IEnumerable<OriginalMessage> ReadMessages()
    {
        var (last, repeated) = (0L, 0L);
        foreach (var message in Read($"{ReadMessagesSql} WHERE {UsableId} ORDER BY id", isUsable: true))
        {
            if (message.Id.Number == last) { repeated++; }
            else { yield return message; }
            last = message.Id.Number!.Value;
        }
        // Once more, for what is rare: to keep them all would need memory for each.
        last = 0;
        foreach (var message in repeated == 0
            ? [] : Read($"{ReadMessagesSql} WHERE {UsableId} ORDER BY id", isUsable: false))
        {
            if (message.Id.Number == last) { yield return message; }
            last = message.Id.Number!.Value;
        }
        foreach (var message in Read($"{ReadMessagesSql} WHERE NOT ({UsableId})", isUsable: false))
        {
            yield return message;
        }
    }

    /// <summary>Closes the copy and deletes it.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        OriginalFile.Delete(_copy);
    }

    private static void Check(SqliteConnection connection, string path)
    {
        if ((long)SqliteSettings.ReadPragma(connection, "application_id")! == SchemaVersion.ApplicationId)
        {
            throw Refused($"{path} is no database of the original JoChat, but of this one: run jochat-gateway --db {path}");
        }
        if (!OriginalSchema.IsIn(connection))
        {
            throw Refused($"{path} is not the database of the original JoChat: that has the tables "
                + "users (id, username, password_hash) and messages (id, sender, recipient, content, to_deliver)");
        }
        DamageCheck.Run(connection, path);
    }

    private IEnumerable<OriginalMessage> Read(string sql, bool isUsable)
    {
        using var rows = Run(() => new RawStatement(_connection, sql));
        while (Run(rows.Read))
        {
            yield return new OriginalMessage(
                rows.GetOriginal(0), isUsable, rows.GetOriginal(1), rows.GetOriginal(2), rows.GetOriginal(3),
                rows.GetOriginal(4));
        }
    }

    // AUTOINCREMENT keeps the highest id that was ever given; another schema may have none, or something else there.
    [SuppressMessage("Security", "CA2100", Justification = "The names are two of ours.")]
    private long ReadLastId(string table)
    {
        using var find = new Statement(_connection, $"SELECT ifnull(max(id), 0) FROM {table} WHERE {UsableId}");
        var highest = (long)find.ReadScalar()!;
        using var hasSequence = new Statement(
            _connection, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence')");
        if (hasSequence.ReadScalar() is not 1L) { return highest; }
        using var sequence = new Statement(
            _connection, "SELECT max(seq) FROM sqlite_sequence WHERE name = $table", ("$table", SqliteType.Text));
        return sequence.ReadScalar(table) is long given and <= MaxId ? Math.Max(highest, given) : highest;
    }

    private T Run<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, "import", Path);
        }
    }

    private static StorageException Refused(string message) => new(message, isTransient: false);
}
