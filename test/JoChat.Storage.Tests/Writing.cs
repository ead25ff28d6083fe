namespace JoChat.Storage.Tests;

/// <summary>What tests write to a store, with the next ids.</summary>
internal static class Writing
{
    /// <summary>Writes in a batch of its own.</summary>
    /// <returns>What <see cref="IChatStore.Commit"/> does.</returns>
    public static IReadOnlyDictionary<MessageId, FirstSend> InBatch(this IChatStore store, Action write)
    {
        store.Begin();
        write();
        return store.Commit();
    }

    /// <summary>Adds an account in a batch of its own.</summary>
    public static AccountId Add(this IChatStore store, string name)
    {
        AccountId? added = null;
        store.InBatch(() => added = store.AddAccount(
            name, name.ToUpperInvariant(), "hash of " + name, DateTimeOffset.UnixEpoch));
        return Assert.NotNull(added);
    }

    /// <summary>Adds messages to the open batch.</summary>
    public static void AddMessages(this IChatStore store, AccountId account, int count, string content = "hello")
    {
        for (var i = 0; i < count; i++) { store.AddMessage(account, account, content, DateTimeOffset.UnixEpoch); }
    }

    /// <summary>Adds a message to the open batch.</summary>
    public static MessageId AddMessage(
        this IChatStore store, AccountId sender, AccountId recipient, string content, DateTimeOffset sentAt)
    {
        var id = new MessageId(store.LastMessageId.Value + 1);
        store.AddMessage(new NewMessage(id, sender, recipient, content, sentAt));
        return id;
    }
}
