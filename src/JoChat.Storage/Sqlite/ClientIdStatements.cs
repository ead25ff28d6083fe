using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements over the table of client ids.</summary>
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

    private readonly DirectStatement _add = new(connection, AddSql);

    private readonly Statement _find = new(connection, FindSql,
        ("$sender", SqliteType.Integer), ("$client", SqliteType.Text), ("$fingerprint", SqliteType.Blob));

    /// <summary>Notes a client id as used for a message.</summary>
    /// <returns>Null, or what it was used for before; then nothing is changed.</returns>
    public FirstSend? Use(string clientId, in NewMessage message)
    {
        Span<byte> fingerprint = stackalloc byte[Fingerprint.Size];
        Fingerprint.Write(message.Recipient, message.Content, fingerprint);
        _add.Bind(1, message.Sender.Value);
        _add.Bind(2, clientId);
        _add.Bind(3, message.Id.Value);
        _add.Bind(4, message.SentAt.ToUnixTimeMilliseconds());
        _add.Bind(5, fingerprint);
        // Added first and looked for second: a client id is nearly always new, and then one statement does.
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
        rows.Read(); // it is there: adding it again has just failed
        return new FirstSend(
            new MessageId(rows.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
            IsSame: rows.GetBoolean(2));
    }
}
