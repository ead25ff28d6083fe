using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The queries that read conversations, page by page. A list takes several of them, which must see the same
/// snapshot.</summary>
/// <param name="connection">The reader's.</param>
/// <param name="unreadAtOnce">How many unread messages are counted in a call, ≥ 1, and those of one more conversation.
/// </param>
internal sealed class ConversationQueries(SqliteConnection connection, long unreadAtOnce) : IDisposable
{
    private const int UsernameColumn = 5;

    private readonly Statement _readHistory = new(connection, ConversationSql.ReadHistory,
        ("$account", SqliteType.Integer), ("$other", SqliteType.Integer), ("$before", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _rank = new(connection, ConversationSql.Rank,
        ("$account", SqliteType.Integer), ("$before", SqliteType.Integer), ("$limit", SqliteType.Integer));

    private readonly Statement _readLast = new(connection, ConversationSql.ReadLast,
        ("$account", SqliteType.Integer), ("$other", SqliteType.Integer), ("$id", SqliteType.Integer));

    private readonly Statement _countUnread = new(connection, ConversationSql.CountUnread,
        ("$reader", SqliteType.Integer), ("$sender", SqliteType.Integer), ("$limit", SqliteType.Integer));

    /// <summary>Reads a message from a row that begins with <see cref="ConversationSql.Columns"/>.</summary>
    public static PairMessage ReadMessage(SqliteDataReader rows) => new(
        new MessageId(rows.GetInt64(0)), new AccountId(rows.GetInt64(1)), rows.GetString(2),
        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(3)), (DeliveryState)rows.GetInt32(4));

    public List<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes)
    {
        var messages = new List<PairMessage>();
        var budget = new ByteBudget(maxBytes);
        using var rows = _readHistory.Read(account.Value, other.Value, before.Value, limit);
        while (rows.Read())
        {
            var message = ReadMessage(rows);
            if (!budget.TryAdd(message.Content)) { break; }
            messages.Add(message);
        }
        messages.Reverse();
        return messages;
    }

    public ListPart<StoredConversation, ConversationListing> List(ConversationListing listing)
    {
        // All in one snapshot: a conversation that gets a message meanwhile would move out of the rest.
        var rest = listing.Rest ?? ReadPage(listing);
        var conversations = new List<StoredConversation>();
        for (var counted = 0L; conversations.Count < rest.Count && counted < unreadAtOnce;)
        {
            var next = rest[conversations.Count];
            // An aggregate always has a row.
            var unread = (long)_countUnread.ReadScalar(
                listing.Account.Value, next.With.Id.Value, IChatStore.MaxUnreadCount)!;
            conversations.Add(next with { UnreadCount = unread });
            counted += unread;
        }
        var left = rest.Skip(conversations.Count).ToList();
        return new(conversations, left.Count == 0 ? null : listing with { Rest = left });
    }

    private List<StoredConversation> ReadPage(ConversationListing listing)
    {
        var page = new List<StoredConversation>();
        using var ranked = _rank.Read(listing.Account.Value, listing.Before.Value, listing.Count);
        while (ranked.Read())
        {
            var (with, message) = ReadLast(listing.Account.Value, ranked.GetInt64(0), ranked.GetInt64(1));
            if (!listing.Budget.TryAdd(message.Content)) { break; }
            page.Add(new StoredConversation(with, UnreadCount: 0, message));
        }
        return page;
    }

    public void Dispose()
    {
        _readHistory.Dispose();
        _rank.Dispose();
        _readLast.Dispose();
        _countUnread.Dispose();
    }

    private (AccountName With, PairMessage Message) ReadLast(long account, long other, long id)
    {
        using var rows = _readLast.Read(account, other, id);
        rows.Read(); // there is a row: its id was found in the same snapshot
        return (new AccountName(new AccountId(other), rows.GetString(UsernameColumn)), ReadMessage(rows));
    }
}
