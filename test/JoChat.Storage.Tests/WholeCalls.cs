namespace JoChat.Storage.Tests;

/// <summary>Calls that do a part at a time, made until all is done.</summary>
internal static class WholeCalls
{
    /// <summary>Deletes an account with all that it leaves, in the open batch.</summary>
    public static void DeleteWhole(this IChatStore store, AccountId account)
    {
        store.DeleteAccount(account);
        while (store.HasRemains) { store.RemoveRemains(); }
    }

    /// <summary>Deletes messages in the open batch.</summary>
    /// <returns>How many.</returns>
    public static int DeleteAll(this IChatStore store, AccountId recipient, params long[] ids)
    {
        var (deleted, rest) = (0, ids.AsMemory());
        while (rest.Length > 0)
        {
            var part = store.DeleteMessages(recipient, rest);
            Assert.InRange(part.Looked, 1, rest.Length);
            deleted += part.Deleted;
            rest = rest[part.Looked..];
        }
        return deleted;
    }

    /// <summary>Counts undelivered messages.</summary>
    public static long CountAll(this IChatStore store, AccountId recipient, MessageId after, MessageId through)
    {
        while (true)
        {
            if (store.CountUndelivered(recipient, after, through) is { } count) { return count; }
        }
    }

    /// <summary>Marks all messages above an id as delivered, one by one.</summary>
    public static void MarkDeliveredAfter(this IChatStore store, AccountId recipient, MessageId after) =>
        store.MarkDeliveredAfter(recipient, after, new MessageId(long.MaxValue));

    /// <summary>Lists accounts.</summary>
    public static IReadOnlyList<AccountName> ListAccounts(
        this IChatReader reader, string keyPattern, long start, int count)
    {
        var accounts = new List<AccountName>();
        for (var rest = new AccountListing(keyPattern, start, count); rest is not null;)
        {
            var part = reader.ListAccounts(rest);
            accounts.AddRange(part.Items);
            rest = part.Rest;
        }
        return accounts;
    }

    /// <summary>Lists conversations.</summary>
    public static IReadOnlyList<StoredConversation> ListConversations(
        this IChatReader reader, AccountId account, MessageId before, int count, int maxBytes)
    {
        var conversations = new List<StoredConversation>();
        for (var rest = new ConversationListing(account, before, count, new ByteBudget(maxBytes)); rest is not null;)
        {
            var part = reader.ListConversations(rest);
            conversations.AddRange(part.Items);
            rest = part.Rest;
        }
        return conversations;
    }
}
