using System.Collections.ObjectModel;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of client ids, which deduplicates messages that are sent again.</summary>
/// <remarks>Old ones are found by walking through the table, a slice at a time, and around again. An index by age would
/// make every message a sixth dearer.</remarks>
/// <param name="connection">The writer's.</param>
/// <param name="slice">How many are looked at for old ones at a time, ≥ 1.</param>
internal sealed class ClientIdStatements(SqliteConnection connection, int slice) : IDisposable
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

    internal const string FindSliceEndSql = """
        SELECT sender_id, client_id
        FROM client_ids
        WHERE (sender_id, client_id) > ($sender, $client)
        ORDER BY sender_id, client_id
        LIMIT 1 OFFSET $skip + 0
        """;

    internal const string HasExpiredSql = $"SELECT EXISTS (SELECT 1 FROM client_ids WHERE {ExpiredInSlice})";

    internal const string DeleteExpiredSql = $"DELETE FROM client_ids WHERE {ExpiredInSlice}";

    private const string ExpiredInSlice = """
        (sender_id, client_id) > ($sender, $client) AND (sender_id, client_id) <= ($lastSender, $lastClient)
            AND sent_at < $before
        """;

    private static readonly (string Name, SqliteType Type)[] SliceParameters =
    [
        ("$sender", SqliteType.Integer), ("$client", SqliteType.Text), ("$lastSender", SqliteType.Integer),
        ("$lastClient", SqliteType.Text), ("$before", SqliteType.Integer),
    ];

    private static readonly ReadOnlyDictionary<MessageId, FirstSend> NoneUsed = ReadOnlyDictionary<MessageId, FirstSend>.Empty;

    private static readonly (long Sender, string ClientId) Start = (0, ""), End = (long.MaxValue, "");

    private readonly RawStatement _add = new(connection, AddSql);

    private readonly Statement _find = new(connection, FindSql,
        ("$sender", SqliteType.Integer), ("$client", SqliteType.Text), ("$fingerprint", SqliteType.Blob));

    private readonly Statement _findSliceEnd = new(connection, FindSliceEndSql,
        ("$sender", SqliteType.Integer), ("$client", SqliteType.Text), ("$skip", SqliteType.Integer));

    private readonly Statement _hasExpired = new(connection, HasExpiredSql, SliceParameters);

    private readonly Statement _deleteExpired = new(connection, DeleteExpiredSql, SliceParameters);

    private Dictionary<MessageId, FirstSend> _used = [];

    // The slice: behind the first up to and including the last.
    private (long Sender, string ClientId) _first = Start, _last = End;

    /// <summary>Records a client id as used for a message.</summary>
    /// <returns>False if it was used before: <see cref="TakeUsed"/> will tell for what.</returns>
    public bool TryUse(string clientId, in NewMessage message)
    {
        Span<byte> fingerprint = stackalloc byte[Fingerprint.Size];
        Fingerprint.Write(message.Recipient, message.Content, fingerprint);
        _add.Bind(1, message.Sender.Value);
        _add.Bind(2, clientId);
        _add.Bind(3, message.Id.Value);
        _add.Bind(4, message.SentAt.ToUnixTimeMilliseconds());
        _add.Bind(5, fingerprint);
        // Inserted first and looked up second: a client id is nearly always new, and then one statement is enough.
        if (_add.Execute() > 0) { return true; }
        _used[message.Id] = Find(message.Sender, clientId, fingerprint.ToArray())!.Value; // in its way
        return false;
    }

    /// <summary>What <see cref="TryUse"/> has refused since the last call.</summary>
    public IReadOnlyDictionary<MessageId, FirstSend> TakeUsed()
    {
        if (_used.Count == 0) { return NoneUsed; }
        var taken = _used;
        _used = [];
        return taken;
    }

    /// <summary>Finds what a client id was first used for.</summary>
    public FirstSend? Find(string clientId, in NewMessage message)
    {
        Span<byte> fingerprint = stackalloc byte[Fingerprint.Size];
        Fingerprint.Write(message.Recipient, message.Content, fingerprint);
        return Find(message.Sender, clientId, fingerprint.ToArray());
    }

    /// <summary>Goes on to the next slice.</summary>
    /// <returns>Whether any in it was first used before that time.</returns>
    public bool HasExpired(DateTimeOffset before)
    {
        _first = _last == End ? Start : _last;
        _last = FindSliceEnd();
        return _hasExpired.ReadScalar(InSlice(before)) is 1L;
    }

    /// <summary>Deletes those of the slice that were first used before that time.</summary>
    public int DeleteExpired(DateTimeOffset before) => _deleteExpired.Execute(InSlice(before));

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
        _findSliceEnd.Dispose();
        _hasExpired.Dispose();
        _deleteExpired.Dispose();
    }

    private (long Sender, string ClientId) FindSliceEnd()
    {
        using var rows = _findSliceEnd.Read(_first.Sender, _first.ClientId, slice - 1);
        return rows.Read() ? (rows.GetInt64(0), rows.GetString(1)) : End;
    }

    private object[] InSlice(DateTimeOffset before) =>
        [_first.Sender, _first.ClientId, _last.Sender, _last.ClientId, before.ToUnixTimeMilliseconds()];

    private FirstSend? Find(AccountId sender, string clientId, byte[] fingerprint)
    {
        using var rows = _find.Read(sender.Value, clientId, fingerprint);
        if (!rows.Read()) { return null; }
        return new FirstSend(
            new MessageId(rows.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
            IsSame: rows.GetBoolean(2));
    }
}
