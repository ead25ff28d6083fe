using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>How much each account has stored by sending. It is written when it has grown by some: a row for each message
/// would cost more than to store it. What is not written yet is forgotten with the process, or with a batch that fails.
/// </summary>
internal sealed class SentBytes(SqliteConnection connection) : IDisposable
{
    private const int BytesPerWrite = 64 * 1024;
    private const int MostPending = 100_000;

    internal const string AddSql = """
        INSERT INTO sent_bytes (account_id, bytes)
        VALUES ($account, $bytes)
        ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes
        """;

    internal const string FindSql = "SELECT bytes FROM sent_bytes WHERE account_id = $account";

    private readonly Dictionary<AccountId, long> _pending = [];
    private readonly RawStatement _add = new(connection, AddSql);
    private readonly Statement _find = new(connection, FindSql, ("$account", SqliteType.Integer));

    public void Add(in NewMessage message)
    {
        if (_pending.Count >= MostPending) { _pending.Clear(); }
        ref var pending = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, message.Sender, out _);
        pending += message.StoredBytes;
        if (pending < BytesPerWrite) { return; }
        var bytes = pending;
        pending = 0;
        _add.Bind(1, message.Sender.Value);
        _add.Bind(2, bytes);
        _add.Execute();
    }

    public long Of(AccountId sender)
    {
        var written = (long?)_find.ReadScalar(sender.Value) ?? 0;
        return Math.Max(written + _pending.GetValueOrDefault(sender), 0);
    }

    /// <summary>What was added may not be there.</summary>
    public void Forget() => _pending.Clear();

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
    }
}
