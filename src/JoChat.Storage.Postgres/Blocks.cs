using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Who blocks whom. Who blocks nobody, as most do, costs a look into memory.</summary>
internal sealed class Blocks
{
    private static readonly HashSet<AccountId> None = [];

    private readonly HashSet<AccountId> _blockers; // nobody else blocks anybody
    private readonly Dictionary<AccountId, HashSet<AccountId>> _blocked = [];

    public Blocks(NpgsqlConnection connection) => _blockers = [.. connection.ReadAll(
        rows => new AccountId(rows.GetInt64(0)), "SELECT DISTINCT account_id FROM blocks")];

    public static void Add(NpgsqlConnection connection, AccountId account, AccountId other) => connection.Execute("""
        INSERT INTO blocks (account_id, other_id, received_through, marked_through, read_through)
        SELECT $1, $2, received_through,
          greatest(
            coalesce((SELECT max(id) FROM messages WHERE recipient_id = $1 AND received), 0),
            coalesce((SELECT max(id) FROM withheld_messages WHERE recipient_id = $1 AND received), 0)),
          coalesce((SELECT read_through FROM conversations WHERE account_id = $1 AND other_id = $2), 0)
        FROM watermarks
        WHERE account_id = $1
        """, account.Value, other.Value);

    public static List<AccountName> List(NpgsqlConnection connection, AccountId account, AccountId after, int limit) =>
        connection.ReadAll(rows => new AccountName(new AccountId(rows.GetInt64(0)), rows.GetText(1)), """
            SELECT other_id, (SELECT username FROM accounts WHERE id = other_id)
            FROM blocks
            WHERE account_id = $1 AND other_id > $2
            ORDER BY other_id
            LIMIT $3
            """, account.Value, after.Value, limit);

    /// <summary>Whether an account may block anybody.</summary>
    public bool MayBlock(AccountId account) => _blockers.Contains(account);

    /// <summary>Whom an account blocks.</summary>
    /// <param name="account">The account.</param>
    /// <param name="connect">The writer's connection, if it must be looked up.</param>
    public HashSet<AccountId> Of(AccountId account, Func<NpgsqlConnection> connect)
    {
        if (!MayBlock(account)) { return None; }
        if (_blocked.TryGetValue(account, out var known)) { return known; }
        return _blocked[account] = [.. connect().ReadAll(
            rows => new AccountId(rows.GetInt64(0)), "SELECT other_id FROM blocks WHERE account_id = $1", account.Value)];
    }

    /// <summary>Whom an account blocks has changed.</summary>
    public void Forget(AccountId account)
    {
        _blockers.Add(account);
        _blocked.Remove(account);
    }

    /// <summary>Some blocks may be gone.</summary>
    public void Forget() => _blocked.Clear();
}
