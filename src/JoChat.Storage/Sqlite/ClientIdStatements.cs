using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of client ids, which deduplicates messages that are sent again.</summary>
internal sealed class ClientIdStatements(SqliteConnection connection) : IDisposable
{
    internal const string AddSql = """
        INSERT INTO client_ids (sender_id, client_id, message_id, sent_at, fingerprint)
        VALUES ($sender, $client, $message, $sent, $fingerprint)
        ON CONFLICT DO NOTHING
        """;

    internal const string FindSql = """
        SELECT message_id, sent_at, fingerprint = $fingerprint
        FROM client_ids
        WHERE sender_id = $sender AND client_id = $client
        """;

    private readonly RawStatement _add = new(connection, AddSql);

    private readonly Statement _find = new(connection, FindSql,
        ("$sender", SqliteType.Integer), ("$client", SqliteType.Text), ("$fingerprint", SqliteType.Blob));

    /// <summary>Records a client id as used for a message.</summary>
    /// <returns>Null, or what it was first used for; then nothing is changed.</returns>
    public FirstSend? Use(string clientId, in NewMessage message)
    {
        Span<byte> fingerprint = stackalloc byte[Fingerprint.Size];
        Fingerprint.Write(message.Recipient, message.Content, fingerprint);
        _add.Bind(1, message.Sender.Value);
        _add.Bind(2, clientId);
        _add.Bind(3, message.Id.Value);
        _add.Bind(4, message.SentAt.ToUnixTimeMilliseconds());
        _add.Bind(5, fingerprint);
        // Inserted first and looked up second: a client id is nearly always new, and then one statement is enough.
        return _add.Execute() > 0 ? null : Find(message.Sender, clientId, fingerprint.ToArray());
    }

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
    }

    private FirstSend Find(AccountId sender, string clientId, byte[] fingerprint)
    {
        using var rows = _find.Read(sender.Value, clientId, fingerprint);
        rows.Read(); // there is a row: it was the conflict
        return new FirstSend(
            new MessageId(rows.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
            IsSame: rows.GetBoolean(2));
    }
}
