using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of blocks. Who blocks nobody, as most do, costs a look into memory: of each
/// account that may block somebody the number is kept, which bounds it by the number of accounts.</summary>
internal sealed class BlockStatements : IDisposable
{
    internal const string FindSql = "SELECT 1 FROM blocks WHERE account_id = $account AND other_id = $other";

    internal const string AddSql = """
        INSERT INTO blocks (account_id, other_id, received_through, marked_through, read_through)
        SELECT id, $other, received_through,
          max(
            ifnull((SELECT max(id) FROM messages WHERE recipient_id = $account AND received = 1), 0),
            ifnull((SELECT max(id) FROM withheld_messages WHERE recipient_id = $account AND received = 1), 0)),
          ifnull((SELECT read_through FROM conversations WHERE account_id = $account AND other_id = $other), 0)
        FROM accounts
        WHERE id = $account
        """;

    internal const string DeleteSql = "DELETE FROM blocks WHERE account_id = $account AND other_id = $other";

    internal const string ListSql = """
        SELECT other_id, (SELECT username FROM accounts WHERE id = other_id)
        FROM blocks
        WHERE account_id = $account AND other_id > $after
        ORDER BY other_id
        LIMIT $limit + 0
        """;

    private readonly Statement _find;
    private readonly Statement _add;
    private readonly Statement _delete;
    private readonly Statement _count;

    // Of an account that is not here, no row exists. An older number than the others is counted again when it matters.
    private readonly Dictionary<AccountId, (int Count, int Age)> _counts = [];
    private int _age = 1;

    public BlockStatements(SqliteConnection connection)
    {
        _find = new Statement(connection, FindSql, ("$account", SqliteType.Integer), ("$other", SqliteType.Integer));
        _add = new Statement(connection, AddSql, ("$account", SqliteType.Integer), ("$other", SqliteType.Integer));
        _delete = new Statement(connection, DeleteSql, ("$account", SqliteType.Integer), ("$other", SqliteType.Integer));
        _count = new Statement(connection,
            "SELECT count(*) FROM blocks WHERE account_id = $account", ("$account", SqliteType.Integer));
        using var all = new Statement(connection, "SELECT DISTINCT account_id FROM blocks");
        using var rows = all.Read();
        while (rows.Read()) { _counts.Add(new AccountId(rows.GetInt64(0)), default); }
    }

    /// <summary>Whether an account may block anybody.</summary>
    public bool MayBlock(AccountId account) => _counts.ContainsKey(account);

    /// <summary>As <see cref="IChatStore.IsBlocked"/>.</summary>
    public bool Has(AccountId account, AccountId other) =>
        MayBlock(account) && _find.ReadScalar(account.Value, other.Value) is not null;

    /// <summary>As <see cref="IChatStore.Block"/>.</summary>
    public bool Add(AccountId account, AccountId other, int most)
    {
        if (Has(account, other)) { return true; }
        var count = CountOf(account);
        if (count >= most) { return false; }
        _add.Execute(account.Value, other.Value);
        _counts[account] = (count + 1, _age);
        return true;
    }

    /// <summary>As <see cref="IChatStore.Unblock"/>.</summary>
    public void Delete(AccountId account, AccountId other)
    {
        if (!_counts.TryGetValue(account, out var counted)) { return; }
        _counts[account] = counted with { Count = counted.Count - _delete.Execute(account.Value, other.Value) };
    }

    /// <summary>Any account may block fewer than it did.</summary>
    public void Recount() => _age++;

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _delete.Dispose();
        _count.Dispose();
    }

    private int CountOf(AccountId account)
    {
        if (!_counts.TryGetValue(account, out var counted)) { return 0; }
        if (counted.Age == _age) { return counted.Count; }
        var count = (int)(long)_count.ReadScalar(account.Value)!; // an aggregate always has a row
        _counts[account] = (count, _age);
        return count;
    }
}
