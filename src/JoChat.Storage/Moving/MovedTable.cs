using System.Collections.Immutable;

namespace JoChat.Storage;

/// <summary>A table that both engines have, as a move sees it. A row is a value for each column: a number (a flag is 0 or
/// 1), bytes (a text is its UTF-8), or null.</summary>
/// <param name="Name">Its name.</param>
/// <param name="KeyLength">So many columns, the first ones, are the order in which it is read, and no two rows have the
/// same there.</param>
/// <param name="Columns">Its columns.</param>
public sealed record MovedTable(string Name, int KeyLength, ImmutableArray<string> Columns)
{
    private static readonly MovedTable Messages =
        new("messages", 1, ["id", "sender_id", "recipient_id", "content", "sent_at", "received"]);

    private static readonly MovedTable Withheld = Messages with { Name = "withheld_messages" };

    /// <summary>All that is copied, beside the <see cref="LastIds"/>. What a table refers to is before it.</summary>
    public static ImmutableArray<MovedTable> All { get; } =
    [
        new("accounts", 1,
            ["id", "username", "username_key", "skeleton", "password_hash", "created_at", "received_through"]),
        new("deleted_accounts", 1, ["account_id"]),
        new("held_names", 1, ["username_key", "until", "username", "skeleton"]),
        new("name_grams", 2, ["gram", "username_key"]),
        new("logins", 1,
            ["id", "account_id", "selector", "created_at", "used_at", "expires_at", "client", "address"]),
        new("login_tokens", 1, ["hash", "login_id", "offered_at"]),
        new("blocks", 2, ["account_id", "other_id", "received_through", "marked_through", "read_through"]),
        new("sent_bytes", 1, ["account_id", "bytes"]),
        new("conversations", 2, ["account_id", "other_id", "read_through", "last_id"]),
        new("client_ids", 2, ["sender_id", "client_id", "message_id", "sent_at", "fingerprint"]),
        Withheld,
        Messages,
    ];

    /// <summary>The same, in the order of a manifest: messages by sender and recipient.</summary>
    internal static ImmutableArray<MovedTable> InManifest { get; } =
        [.. All.Select(table => table == Messages || table == Withheld ? table.ByPair() : table)];

    /// <summary>Whether the rows of each sender and recipient are a group of their own in a manifest.</summary>
    internal bool IsByPair => Columns is ["sender_id", "recipient_id", ..];

    /// <summary>The columns of the key.</summary>
    internal ImmutableArray<string> Key => Columns[..KeyLength];

    /// <summary>The same table of messages in the order of sender and recipient.</summary>
    internal MovedTable ByPair() => this with
    {
        KeyLength = 2 + KeyLength,
        Columns = ["sender_id", "recipient_id", .. Columns.Except(["sender_id", "recipient_id"])],
    };
}
