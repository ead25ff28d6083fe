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
        ("$recipient", SqliteType.Integer), ("$liveAfter", SqliteType.Integer));

    private readonly Statement _markDeliveredAfter = new(connection, MessageSql.MarkDeliveredAfter,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer));

    private readonly Statement _markWithheldAfter = new(connection, MessageSql.MarkWithheldAfter,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer));

    private readonly Statement _delete = new(connection, MessageSql.Delete,
        ("$id", SqliteType.Integer), ("$recipient", SqliteType.Integer));

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
        return ReadWithin(rows, maxBytes);
    }

    public List<StoredMessage> ReadUnmarked(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        using var rows = _readUnmarked.Read(recipient.Value, after.Value, through.Value, limit);
        return ReadWithin(rows, maxBytes);
    }

    public List<StoredMessage> ReadDelivered(AccountId recipient, MessageId liveAfter, int maxBytes)
    {
        using var rows = _readDelivered.Read(recipient.Value, liveAfter.Value);
        var messages = ReadWithin(rows, maxBytes);
        messages.Reverse();
        return messages;
    }

    public void MarkDeliveredAfter(AccountId recipient, MessageId after)
    {
        _markDeliveredAfter.Execute(recipient.Value, after.Value);
        _markWithheldAfter.Execute(recipient.Value, after.Value);
    }

    /// <returns>The sender; null if the recipient has no such message.</returns>
    public AccountId? Delete(AccountId recipient, MessageId id) =>
        _delete.ReadScalar(id.Value, recipient.Value) is long sender ? new AccountId(sender) : null;

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
        _delete.Dispose();
        _deleteAll.Dispose();
        _deleteAllWithheld.Dispose();
    }

    private static List<StoredMessage> ReadWithin(SqliteDataReader rows, int maxBytes)
    {
        var messages = new List<StoredMessage>();
        var budget = new ByteBudget(maxBytes);
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
