using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Which conversation has the newer last message. It is written for many messages at a time, up to a mark;
/// who reads the order looks through the messages above the mark as well. See docs/adr/0006.</summary>
/// <param name="connection">The writer's.</param>
/// <param name="most">How many ids may lie above the mark; under load twice as many.</param>
internal sealed class ConversationOrder(SqliteConnection connection, int most) : IDisposable
{
    internal const string ReadUnorderedSql = """
        SELECT sender_id, recipient_id, id
        FROM messages
        WHERE id > $after
        ORDER BY id
        """;

    internal const string NoteLastSql = """
        INSERT INTO conversations (account_id, other_id, last_id)
        VALUES ($account, $other, $last)
        ON CONFLICT DO UPDATE SET last_id = excluded.last_id
        """;

    internal const string MarkSql = "UPDATE last_message SET ordered_through = $through";

    internal const string FallBackSql = """
        UPDATE conversations
        SET last_id = max(
          ifnull((SELECT max(id) FROM messages WHERE sender_id = account_id AND recipient_id = other_id), 0),
          ifnull((SELECT max(id) FROM messages WHERE sender_id = other_id AND recipient_id = account_id), 0))
        WHERE account_id IN ($one, $other) AND other_id IN ($one, $other)
          AND NOT EXISTS (SELECT 1 FROM messages WHERE id = last_id)
        """;

    private const int MostPairsAtOnce = 256; // some milliseconds, in which nothing else is stored

    private readonly DirectStatement _read = new(connection, ReadUnorderedSql);

    private readonly DirectStatement _note = new(connection, NoteLastSql);

    private readonly Statement _mark = new(connection, MarkSql, ("$through", SqliteType.Integer));

    private readonly Statement _fallBack = new(connection, FallBackSql,
        ("$one", SqliteType.Integer), ("$other", SqliteType.Integer));

    private long _through = ReadMark(connection);
    private long _throughInBatch;
    private long _putOffAt;

    /// <summary>Whether there are too many messages above the mark.</summary>
    /// <param name="newest">The highest id that is on disk.</param>
    public bool IsDue(MessageId newest) => newest.Value - Math.Max(_through, _putOffAt) >= most;

    /// <summary>Writes the order of some of the messages above the mark, into the open batch.</summary>
    /// <param name="newest">The highest id that is on disk.</param>
    public void CatchUp(MessageId newest)
    {
        var last = new Dictionary<(long Account, long Other), long>();
        _throughInBatch = CollectLast(newest.Value, last);
        foreach (var ((account, other), id) in last) { Note(account, other, id); }
        _mark.Execute(_throughInBatch);
    }

    /// <summary>The batch with the order is on disk.</summary>
    public void Committed() => _through = _throughInBatch;

    /// <summary>The batch with the order is undone. It is due again when as many messages more have come.</summary>
    /// <param name="newest">The highest id that is on disk.</param>
    public void PutOff(MessageId newest) => _putOffAt = newest.Value;

    /// <summary>Messages of a pair were deleted, and the last may have been among them.</summary>
    public void Deleted(AccountId one, AccountId other) => _fallBack.Execute(one.Value, other.Value);

    public void Dispose()
    {
        _read.Dispose();
        _note.Dispose();
        _mark.Dispose();
        _fallBack.Dispose();
    }

    // The last message of each pair above the mark, under both its keys. Returns how far it looked.
    private long CollectLast(long newest, Dictionary<(long Account, long Other), long> last)
    {
        var through = _through;
        _read.Bind(1, _through);
        while (_read.Read())
        {
            if (last.Count >= 2 * MostPairsAtOnce && newest - through < 2 * most)
            {
                _read.Reset();
                return through;
            }
            (var sender, var recipient, through) = (_read.GetInt64(0), _read.GetInt64(1), _read.GetInt64(2));
            last[(sender, recipient)] = last[(recipient, sender)] = through;
        }
        return newest;
    }

    private void Note(long account, long other, long last)
    {
        _note.Bind(1, account);
        _note.Bind(2, other);
        _note.Bind(3, last);
        _note.Execute();
    }

    private static long ReadMark(SqliteConnection connection)
    {
        using var read = new Statement(connection, "SELECT ordered_through FROM last_message");
        return (long)read.ReadScalar()!; // the row is made with its table
    }
}
