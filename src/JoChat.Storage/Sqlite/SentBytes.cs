using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of how much each account has stored by sending.</summary>
internal sealed class SentBytes(SqliteConnection connection) : IDisposable
{
    internal const string AddSql = """
        INSERT INTO sent_bytes (account_id, bytes)
        VALUES ($account, $bytes)
        ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes
        """;

    internal const string FindSql = "SELECT bytes FROM sent_bytes WHERE account_id = $account";

    private readonly PendingSentBytes _pending = new();
    private readonly RawStatement _add = new(connection, AddSql);
    private readonly Statement _find = new(connection, FindSql, ("$account", SqliteType.Integer));

    public void Add(in NewMessage message)
    {
        if (_pending.Add(message) is not (> 0 and var bytes)) { return; }
        _add.Bind(1, message.Sender.Value);
        _add.Bind(2, bytes);
        _add.Execute();
    }

    public long Of(AccountId sender) => _pending.Of(sender, (long?)_find.ReadScalar(sender.Value) ?? 0);

    /// <summary>What was added may not be there.</summary>
    public void Forget() => _pending.Forget();

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
    }
}
