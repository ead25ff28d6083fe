using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Deletes what one account sent another, a slice at a time, of few enough bytes that nothing else waits long:
/// what is deleted is overwritten.</summary>
/// <param name="connection">The writer's.</param>
/// <param name="maxBytes">Most bytes of content in a slice, but for one message.</param>
internal sealed class PairDeletion(SqliteConnection connection, int maxBytes) : IDisposable
{
    internal const string FindSql = """
        SELECT id, octet_length(content)
        FROM messages
        WHERE sender_id = $sender AND recipient_id = $recipient AND id <= $through
        ORDER BY id
        LIMIT $limit + 0
        """;

    internal const string FindWithheldSql = """
        SELECT id, octet_length(content)
        FROM withheld_messages
        WHERE sender_id = $sender AND recipient_id = $recipient AND id <= $through
        ORDER BY id
        LIMIT $limit + 0
        """;

    private readonly Statement _find = Prepare(connection, FindSql);
    private readonly Statement _findWithheld = Prepare(connection, FindWithheldSql);

    private readonly Statement _delete = new(connection,
        "DELETE FROM messages WHERE id = $id", ("$id", SqliteType.Integer));

    private readonly Statement _deleteWithheld = new(connection,
        "DELETE FROM withheld_messages WHERE id = $id", ("$id", SqliteType.Integer));

    /// <summary>Deletes the oldest messages.</summary>
    /// <returns>Their ids; none if there are no more.</returns>
    public List<long> Delete(AccountId recipient, AccountId sender, MessageId through, int limit) =>
        Delete(_find, _delete, sender.Value, recipient.Value, through.Value, limit);

    /// <summary>The same of what was withheld.</summary>
    public List<long> DeleteWithheld(AccountId recipient, AccountId sender, MessageId through, int limit) =>
        Delete(_findWithheld, _deleteWithheld, sender.Value, recipient.Value, through.Value, limit);

    public void Dispose()
    {
        _find.Dispose();
        _findWithheld.Dispose();
        _delete.Dispose();
        _deleteWithheld.Dispose();
    }

    private List<long> Delete(Statement find, Statement delete, params ReadOnlySpan<object> which)
    {
        var ids = new List<long>();
        using (var rows = find.Read(which))
        {
            for (long bytes = 0; bytes < maxBytes && rows.Read(); bytes += rows.GetInt64(1)) { ids.Add(rows.GetInt64(0)); }
        }
        foreach (var id in ids) { delete.Execute(id); }
        return ids;
    }

    private static Statement Prepare(SqliteConnection connection, string sql) => new(connection, sql,
        ("$sender", SqliteType.Integer), ("$recipient", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));
}
