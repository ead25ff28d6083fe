using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements that mark messages as read.</summary>
internal sealed class MarkReadStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _findUnread = new(connection, ConversationSql.FindUnread,
        ("$reader", SqliteType.Integer), ("$sender", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _markRead = new(connection, ConversationSql.MarkRead,
        ("$reader", SqliteType.Integer), ("$sender", SqliteType.Integer), ("$through", SqliteType.Integer));

    public List<MessageId> MarkReadThrough(AccountId reader, AccountId sender, MessageId through, int limit)
    {
        var unread = FindUnread(reader, sender, through, limit);
        // Up to the newest there is: a watermark above all ids would make messages read before they are sent.
        if (unread.Count > 0) { _markRead.Execute(reader.Value, sender.Value, unread[0].Value); }
        unread.Reverse();
        return unread;
    }

    public void Dispose()
    {
        _findUnread.Dispose();
        _markRead.Dispose();
    }

    private List<MessageId> FindUnread(AccountId reader, AccountId sender, MessageId through, int limit)
    {
        var ids = new List<MessageId>();
        using var rows = _findUnread.Read(reader.Value, sender.Value, through.Value, limit);
        while (rows.Read())
        {
            ids.Add(new MessageId(rows.GetInt64(0)));
        }
        return ids;
    }
}
