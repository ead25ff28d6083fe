using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Which conversation has the newer last message. It is written for many messages at a time, up to a mark;
/// who reads the order looks through the messages above the mark as well. See docs/adr/0006.</summary>
/// <param name="connection">The writer's.</param>
/// <param name="most">How many messages may lie above the mark, so that they are soon read. Under load it is up to
/// twice as many.</param>
internal sealed class ConversationOrder(SqliteConnection connection, int most) : IDisposable
{
    private const int MostPairsAtOnce = 256; // some milliseconds, in which nothing else is stored

    private readonly Statement _read = new(connection, ConversationSql.ReadUnordered, ("$after", SqliteType.Integer));

    private readonly DirectStatement _note = new(connection, ConversationSql.NoteLast);

    private readonly Statement _mark = new(connection, ConversationSql.MarkOrdered, ("$through", SqliteType.Integer));

    private readonly Statement _fallBack = new(connection, ConversationSql.FallBack,
        ("$one", SqliteType.Integer), ("$other", SqliteType.Integer), ("$deleted", SqliteType.Integer));

    private long _through = ReadMark(connection);
    private long _inBatch;

    /// <summary>Writes the order of messages of the open batch and before, if there are enough above the mark.
    /// </summary>
    /// <param name="newest">The newest message.</param>
    public void CatchUp(MessageId newest)
    {
        _inBatch = _through;
        if (newest.Value - _through < most) { return; }
        var last = new Dictionary<(long Account, long Other), long>();
        _inBatch = ReadLast(newest.Value, last);
        foreach (var ((account, other), id) in last) { Note(account, other, id); }
        _mark.Execute(_inBatch);
    }

    /// <summary>The batch with the order is on disk.</summary>
    public void Committed() => _through = _inBatch;

    /// <summary>A message that was the last of its pair may be no more.</summary>
    public void Deleted(MessageId message, AccountId one, AccountId other) =>
        _fallBack.Execute(one.Value, other.Value, message.Value);

    public void Dispose()
    {
        _read.Dispose();
        _note.Dispose();
        _mark.Dispose();
        _fallBack.Dispose();
    }

    // Of each pair above the mark, and both ways. Returns how far it came.
    private long ReadLast(long newest, Dictionary<(long Account, long Other), long> last)
    {
        var through = _through;
        using var rows = _read.Read(_through);
        while (rows.Read())
        {
            if (last.Count >= 2 * MostPairsAtOnce && newest - through < 2 * most) { return through; }
            (var sender, var recipient, through) = (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2));
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
