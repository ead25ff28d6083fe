using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The accounts that were deleted and of which something is left: removing all of it at once would make
/// everybody wait.</summary>
/// <param name="connection">The writer's.</param>
/// <param name="messages">Deletes the messages.</param>
/// <param name="atOnce">How much is removed at a time, ≥ 1: a row, or 4 KiB of content, counts one.</param>
internal sealed class DeletedAccounts(SqliteConnection connection, MessageRemoval messages, int atOnce) : IDisposable
{
    internal const string FindAnySql = "SELECT account_id FROM deleted_accounts LIMIT 1";

    internal const string ReadSentSql = $"{MessageRemoval.ReadSql} WHERE sender_id = $account LIMIT $limit + 0";

    internal const string ReadReceivedSql = $"{MessageRemoval.ReadSql} WHERE recipient_id = $account LIMIT $limit + 0";

    internal const string ReadWithheldFromSql =
        $"{MessageRemoval.ReadWithheldSql} WHERE sender_id = $account LIMIT $limit + 0";

    internal const string ReadWithheldToSql =
        $"{MessageRemoval.ReadWithheldSql} WHERE recipient_id = $account LIMIT $limit + 0";

    internal const string DeleteBlocksSql = """
        DELETE FROM blocks
        WHERE (account_id, other_id) IN (
          SELECT account_id, other_id FROM blocks WHERE account_id = $account LIMIT $limit + 0)
        """;

    internal const string DeleteBlocksOfSql = """
        DELETE FROM blocks
        WHERE (account_id, other_id) IN (
          SELECT account_id, other_id FROM blocks WHERE other_id = $account LIMIT $limit + 0)
        """;

    internal const string DeleteClientIdsSql = """
        DELETE FROM client_ids
        WHERE (sender_id, client_id) IN (
          SELECT sender_id, client_id FROM client_ids WHERE sender_id = $account LIMIT $limit + 0)
        """;

    internal const string DeleteConversationsSql = """
        DELETE FROM conversations
        WHERE (account_id, other_id) IN (
          SELECT account_id, other_id FROM conversations WHERE account_id = $account LIMIT $limit + 0)
        """;

    internal const string DeleteConversationsWithSql = """
        DELETE FROM conversations
        WHERE (account_id, other_id) IN (
          SELECT account_id, other_id FROM conversations WHERE other_id = $account LIMIT $limit + 0)
        """;

    private const string DeleteSql = "DELETE FROM accounts WHERE id = $account";

    private readonly Statement _mark = new(connection,
        "INSERT INTO deleted_accounts (account_id) VALUES ($account)", ("$account", SqliteType.Integer));

    private readonly Statement _findAny = new(connection, FindAnySql);

    // Conversations last: as long as there are messages, the index of conversations may still get their rows.
    private readonly Statement[] _read = [Some(connection, ReadSentSql), Some(connection, ReadReceivedSql)];

    private readonly Statement[] _readWithheld =
        [Some(connection, ReadWithheldFromSql), Some(connection, ReadWithheldToSql)];

    private readonly Statement[] _delete =
    [
        Some(connection, DeleteBlocksSql), Some(connection, DeleteBlocksOfSql), Some(connection, DeleteClientIdsSql), Some(connection, DeleteConversationsSql),
        Some(connection, DeleteConversationsWithSql),
    ];

    private readonly Statement _deleteAccount = new(connection, DeleteSql, ("$account", SqliteType.Integer));

    /// <summary>Notes that an account is deleted; then removes as much of it as it may at once.</summary>
    public void Add(AccountId account)
    {
        _mark.Execute(account.Value);
        RemoveSome(account);
    }

    /// <summary>One of which something is left, or null.</summary>
    public AccountId? FindAny() => _findAny.ReadScalar() is long id ? new AccountId(id) : null;

    /// <summary>Removes as much as it may at once of what is left of one, and at last itself.</summary>
    public void RemoveSome(AccountId account)
    {
        var left = atOnce;
        foreach (var read in _read)
        {
            if (left > 0) { left -= messages.Delete(read, account, left); }
        }
        foreach (var read in _readWithheld)
        {
            if (left > 0) { left -= messages.DeleteWithheld(read, account, left); }
        }
        foreach (var delete in _delete)
        {
            if (left > 0) { left -= delete.Execute(account.Value, left); }
        }
        if (left > 0) { _deleteAccount.Execute(account.Value); }
    }

    public void Dispose()
    {
        _mark.Dispose();
        _findAny.Dispose();
        foreach (var statement in (Statement[])[.. _read, .. _readWithheld, .. _delete]) { statement.Dispose(); }
        _deleteAccount.Dispose();
    }

    private static Statement Some(SqliteConnection connection, string sql) =>
        new(connection, sql, ("$account", SqliteType.Integer), ("$limit", SqliteType.Integer));
}
