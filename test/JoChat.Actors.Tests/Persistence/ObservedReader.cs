using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A real reader whose reads can be held up and made to fail.</summary>
internal sealed class ObservedReader(IChatReader reader) : IChatReader
{
    /// <summary>Runs at the beginning of each read, on the reader's thread; may throw as a disk would.</summary>
    public Action BeforeRead { get; set; } = () => { };

    public Account? FindAccount(string usernameKey)
    {
        BeforeRead();
        return reader.FindAccount(usernameKey);
    }

    public IReadOnlyList<AccountName> ListAccounts(string keyPattern, long start, int count)
    {
        BeforeRead();
        return reader.ListAccounts(keyPattern, start, count);
    }

    public IReadOnlyList<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes)
    {
        BeforeRead();
        return reader.ReadHistory(account, other, before, limit, maxBytes);
    }

    public IReadOnlyList<StoredConversation> ListConversations(
        AccountId account, MessageId before, int limit, int maxBytes)
    {
        BeforeRead();
        return reader.ListConversations(account, before, limit, maxBytes);
    }

    public void Dispose() => reader.Dispose();
}
