using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of messages.</summary>
internal sealed class MessageStatements(SqliteConnection connection) : IDisposable
{
    private readonly RawStatement _add = new(connection, MessageSql.Add);

    private readonly RawStatement _addWithheld = new(connection, MessageSql.AddWithheld);

    private readonly Statement _readUndelivered = new(connection, MessageSql.ReadUndelivered,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _readUnmarked = new(connection, MessageSql.ReadUnmarked,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _readDelivered = new(connection, MessageSql.ReadDelivered,
        ("$recipient", SqliteType.Integer), ("$liveAfter", SqliteType.Integer), ("$before", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _markDeliveredAfter = new(connection, MessageSql.MarkDeliveredAfter,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer));

    private readonly Statement _markWithheldAfter = new(connection, MessageSql.MarkWithheldAfter,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer));

    private readonly Statement _deleteAll = new(connection, "DELETE FROM messages");

    private readonly Statement _deleteAllWithheld = new(connection, "DELETE FROM withheld_messages");

    public void Add(in NewMessage message)
    {
        var add = message.IsWithheld ? _addWithheld : _add;
        add.Bind(1, message.Id.Value);
        add.Bind(2, message.Sender.Value);
        add.Bind(3, message.Recipient.Value);
        add.Bind(4, message.Content);
        add.Bind(5, message.SentAt.ToUnixTimeMilliseconds());
        add.Execute();
    }

    public List<StoredMessage> ReadUndelivered(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        using var rows = _readUndelivered.Read(recipient.Value, after.Value, through.Value, limit);
        return ReadWithin(rows, new ByteBudget(maxBytes));
    }

    public List<StoredMessage> ReadUnmarked(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        using var rows = _readUnmarked.Read(recipient.Value, after.Value, through.Value, limit);
        return ReadWithin(rows, new ByteBudget(maxBytes));
    }

    public List<StoredMessage> ReadDelivered(
        AccountId recipient, MessageId liveAfter, MessageId before, int limit, ByteBudget budget)
    {
        using var rows = _readDelivered.Read(recipient.Value, liveAfter.Value, before.Value, limit);
        var messages = ReadWithin(rows, budget);
        messages.Reverse();
        return messages;
    }

    public void MarkDeliveredAfter(AccountId recipient, MessageId after, MessageId through)
    {
        _markDeliveredAfter.Execute(recipient.Value, after.Value, through.Value);
        _markWithheldAfter.Execute(recipient.Value, after.Value, through.Value);
    }

    public void DeleteAll()
    {
        _deleteAll.Execute();
        _deleteAllWithheld.Execute();
    }

    public void Dispose()
    {
        _add.Dispose();
        _addWithheld.Dispose();
        _readUndelivered.Dispose();
        _readUnmarked.Dispose();
        _readDelivered.Dispose();
        _markDeliveredAfter.Dispose();
        _markWithheldAfter.Dispose();
        _deleteAll.Dispose();
        _deleteAllWithheld.Dispose();
    }

    private static List<StoredMessage> ReadWithin(SqliteDataReader rows, ByteBudget budget)
    {
        var messages = new List<StoredMessage>();
        while (rows.Read())
        {
            var content = rows.GetString(3);
            if (!budget.TryAdd(content)) { break; }
            messages.Add(new StoredMessage(
                new MessageId(rows.GetInt64(0)), new AccountId(rows.GetInt64(1)), rows.GetString(2), content,
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4))));
        }
        return messages;
    }
}
