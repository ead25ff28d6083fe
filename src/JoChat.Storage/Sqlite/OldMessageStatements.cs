using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statement that looks for old messages. It goes by their ids, which ascend with time but where a clock was
/// set: an index by time would make every message dearer.</summary>
internal sealed class OldMessageStatements(SqliteConnection connection, StoreLimits limits) : IDisposable
{
    internal const string FindSql = """
        SELECT id, sender_id, recipient_id, octet_length(content), sent_at
        FROM messages
        WHERE id > $after
        UNION ALL
        SELECT id, sender_id, recipient_id, octet_length(content), sent_at
        FROM withheld_messages
        WHERE id > $after
        ORDER BY id
        """;

    private readonly RawStatement _find = new(connection, FindSql);

    public OldMessages Find(MessageId after, DateTimeOffset before)
    {
        var search = new OldMessageSearch(after, before, limits);
        _find.Bind(1, after.Value);
        while (_find.Read())
        {
            search.Add(
                _find.GetInt64(0), _find.GetInt64(1), _find.GetInt64(2), _find.GetInt64(3), _find.GetInt64(4));
            if (!search.IsFull) { continue; }
            _find.Reset();
            break;
        }
        return search.Finish();
    }

    public void Dispose() => _find.Dispose();
}
