using System.Data;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Reads on connections of its own. A call is one statement, so it sees one snapshot.</summary>
internal sealed class PostgresChatReader(PostgresServer server, StoreLimits limits) : IChatReader
{
    // Unread messages are counted for so many conversations at a time: 10,000 each take a millisecond or two.
    private const int ConversationsAtOnce = 8;

    private static readonly string OldestOfInbox = ConversationPages.Inbox("ASC");
    private static readonly string NewestOfInbox = ConversationPages.Inbox("DESC");

    /// <inheritdoc/>
    public Account? FindAccount(string usernameKey) =>
        Read("find an account in", connection => Accounts.Find(connection, usernameKey));

    /// <inheritdoc/>
    public ListPart<AccountName, AccountListing> ListAccounts(AccountListing listing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(listing.Start, nameof(listing));
        ArgumentOutOfRangeException.ThrowIfNegative(listing.Count, nameof(listing));
        return Read("list accounts of",
            connection => new AccountSearch(new NameQueries(connection), limits.NamesAtOnce).List(listing));
    }

    /// <inheritdoc/>
    public IReadOnlyList<AccountName> ListContacts(
        AccountId account, string keyPattern, string nameKey, long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Read("list accounts of", connection => connection.ReadAll(
            rows => new AccountName(new AccountId(rows.GetInt64(0)), rows.GetText(1)), ConversationPages.Contacts,
            account.Value, long.MaxValue, IChatReader.MaxContacts, nameKey, NameQueries.PatternOf(keyPattern), start, count));
    }

    /// <inheritdoc/>
    public IReadOnlyList<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        var messages = Read("read messages from", connection => connection.ReadAll(
            ReadMessage, ConversationPages.History, account.Value, other.Value, before.Value, (long)limit, (long)maxBytes));
        var within = TakeWithin(messages, message => message, maxBytes);
        within.Reverse();
        return within;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReceivedMessage> ReadInbox(AccountId recipient, InboxPage page, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page.Limit, nameof(page));
        var messages = Read("read messages from", connection => connection.ReadAll(
            rows => new ReceivedMessage(rows.GetText(5), ReadMessage(rows)), page.FromOldest ? OldestOfInbox : NewestOfInbox,
            recipient.Value, page.UndeliveredOnly, page.After.Value, page.Before.Value, (long)page.Limit, (long)maxBytes));
        var within = TakeWithin(messages, received => received.Message, maxBytes);
        if (!page.FromOldest) { within.Reverse(); }
        return within;
    }

    /// <inheritdoc/>
    public ListPart<StoredConversation, ConversationListing> ListConversations(ConversationListing listing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(listing.Count, nameof(listing));
        return Read("list conversations of", connection =>
        {
            // All in one snapshot: a conversation that gets a message meanwhile would move out of the rest.
            var rest = listing.Rest ?? ReadConversations(connection, listing);
            var part = rest.Take(ConversationsAtOnce).ToList();
            var unread = connection.ReadAll(
                rows => rows.GetInt64(0), ConversationPages.CountUnread, listing.Account.Value,
                part.Select(one => one.With.Id.Value).ToList(), IChatStore.MaxUnreadCount);
            var left = rest.Skip(part.Count).ToList();
            return new ListPart<StoredConversation, ConversationListing>(
                [.. part.Zip(unread, (one, count) => one with { UnreadCount = count })],
                left.Count == 0 ? null : listing with { Rest = left });
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<AccountName> ListBlocked(AccountId account, AccountId after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("list blocked accounts of", connection => Blocks.List(connection, account, after, limit));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Its connections belong to the store.
    }

    private static List<StoredConversation> ReadConversations(
        NpgsqlConnection connection, ConversationListing listing)
    {
        var found = connection.ReadAll(
            rows => new StoredConversation(
                new AccountName(new AccountId(rows.GetInt64(5)), rows.GetText(6)), UnreadCount: 0, ReadMessage(rows)),
            ConversationPages.List,
            listing.Account.Value, listing.Before.Value, listing.Count, listing.Budget.Left);
        return [.. found.TakeWhile(one => listing.Budget.TryAdd(one.LastMessage.Content))];
    }

    private static PairMessage ReadMessage(NpgsqlDataReader rows) => new(
        new MessageId(rows.GetInt64(0)), new AccountId(rows.GetInt64(1)), rows.GetContent(2), rows.GetTime(3),
        (DeliveryState)rows.GetInt32(4));

    private static List<T> TakeWithin<T>(List<T> found, Func<T, PairMessage> messageOf, int maxBytes)
    {
        var budget = new ByteBudget(maxBytes);
        return [.. found.TakeWhile(one => budget.TryAdd(messageOf(one).Content))];
    }

    private T Read<T>(string action, Func<NpgsqlConnection, T> read)
    {
        try
        {
            return TryRead(read, out var found) || TryRead(read, out found)
                ? found : throw new StorageException($"cannot {action} {server.Name}: the connection was lost", isTransient: true);
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFault.Translate(fault, action, server.Name);
        }
    }

    // False if the connection was lost: it may have ended long ago, while it waited for work. Reading may be done again.
    private bool TryRead<T>(Func<NpgsqlConnection, T> read, [MaybeNullWhen(false)] out T found)
    {
        using var connection = server.Connect();
        try
        {
            found = read(connection);
            return true;
        }
        catch (NpgsqlException) when (connection.State != ConnectionState.Open)
        {
            found = default;
            return false;
        }
    }
}
