using System.Text;
using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>What senders call their messages, by which a message that is sent again is known. Old ones are found by walking
/// through the table, a slice at a time, and around again.</summary>
/// <param name="slice">How many are looked at for old ones at a time, ≥ 1.</param>
internal sealed class UsedClientIds(int slice)
{
    // The limit takes nothing away: it tells PostgreSQL that a look into the index is enough, or it reads the whole table.
    private readonly string _expiredInSlice = FormattableString.Invariant($"""
        SELECT sender_id, client_id
        FROM (SELECT sender_id, client_id, sent_at
              FROM client_ids
              WHERE (sender_id, client_id) > ($1, $2) AND (sender_id, client_id) <= ($3, $4)
              ORDER BY sender_id, client_id
              LIMIT {slice}) AS slice
        WHERE sent_at < $5
        """);

    private static readonly (long Sender, byte[] ClientId) Start = (0, []), End = (long.MaxValue, []);

    // The slice: behind the first up to and including the last.
    private (long Sender, byte[] ClientId) _first = Start, _last = End;

    public static byte[] FingerprintOf(in NewMessage message)
    {
        var fingerprint = new byte[Fingerprint.Size];
        Fingerprint.Write(message.Recipient, message.Content, fingerprint);
        return fingerprint;
    }

    /// <summary>As <see cref="IChatStore.FindFirstSend"/>.</summary>
    public static FirstSend? Find(NpgsqlConnection connection, NewMessage message)
    {
        if (message.ClientId is null) { return null; }
        using var command = connection.Command(
            "SELECT message_id, sent_at, fingerprint = $3 FROM client_ids WHERE sender_id = $1 AND client_id = $2",
            message.Sender.Value, Encoding.UTF8.GetBytes(message.ClientId), FingerprintOf(message));
        using var rows = command.ExecuteReader();
        return rows.Read()
            ? new FirstSend(new MessageId(rows.GetInt64(0)), rows.GetTime(1), rows.GetBoolean(2)) : null;
    }

    /// <summary>As <see cref="IChatStore.HasExpiredClientIds"/>.</summary>
    public bool HasExpired(NpgsqlConnection connection, DateTimeOffset before)
    {
        _first = ReferenceEquals(_last.ClientId, End.ClientId) ? Start : _last;
        _last = FindSliceEnd(connection);
        return (bool)connection.ReadScalar(
            $"SELECT EXISTS ({_expiredInSlice})", InSlice(before))!;
    }

    /// <summary>As <see cref="IChatStore.DeleteExpiredClientIds"/>.</summary>
    public int DeleteExpired(NpgsqlConnection connection, DateTimeOffset before) =>
        connection.Execute(
            $"DELETE FROM client_ids WHERE (sender_id, client_id) IN ({_expiredInSlice})", InSlice(before));

    private (long Sender, byte[] ClientId) FindSliceEnd(NpgsqlConnection connection)
    {
        var found = connection.ReadAll(rows => (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)), """
            SELECT sender_id, client_id
            FROM client_ids
            WHERE (sender_id, client_id) > ($1, $2)
            ORDER BY sender_id, client_id
            LIMIT 1 OFFSET $3
            """, _first.Sender, _first.ClientId, slice - 1);
        return found is [var end] ? end : End;
    }

    private object[] InSlice(DateTimeOffset before) =>
        [_first.Sender, _first.ClientId, _last.Sender, _last.ClientId, before.ToUnixTimeMilliseconds()];
}
