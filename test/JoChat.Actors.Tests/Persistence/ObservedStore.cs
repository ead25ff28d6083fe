using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A real store whose commits can be watched and made to fail.</summary>
internal sealed class ObservedStore(IChatStore store) : IChatStore
{
    public int Commits { get; private set; }

    /// <summary>How often waiting messages were read.</summary>
    public int Reads { get; private set; }

    /// <summary>How often a mark was written.</summary>
    public int Marks { get; private set; }

    /// <summary>Runs at the beginning of each commit, on the store's thread; may throw as a disk would.</summary>
    public Action BeforeCommit { get; set; } = () => { };

    /// <summary>Runs at the beginning of each look-up of an account, on the store's thread.</summary>
    public Action BeforeFind { get; set; } = () => { };

    public MessageId LastMessageId => store.LastMessageId;

    public void Begin() => store.Begin();

    public void Commit()
    {
        BeforeCommit();
        store.Commit();
        Commits++;
    }

    public void Rollback() => store.Rollback();

    public Account? FindAccount(string usernameKey)
    {
        BeforeFind();
        return store.FindAccount(usernameKey);
    }

    public AccountId? AddAccount(string username, string usernameKey, string passwordHash, DateTimeOffset createdAt) =>
        store.AddAccount(username, usernameKey, passwordHash, createdAt);

    public void SetPasswordHash(AccountId account, string passwordHash) => store.SetPasswordHash(account, passwordHash);

    public void DeleteAccount(AccountId account) => store.DeleteAccount(account);

    public IChatReader OpenReader() => store.OpenReader();

    public FirstSend? AddMessage(in NewMessage message) => store.AddMessage(message);

    public long CountUndelivered(AccountId recipient, MessageId after, MessageId through) =>
        store.CountUndelivered(recipient, after, through);

    public IReadOnlyList<StoredMessage> ReadUndelivered(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        Reads++;
        return store.ReadUndelivered(recipient, after, through, limit, maxBytes);
    }

    public IReadOnlyList<StoredMessage> ReadDelivered(AccountId recipient, MessageId liveAfter, int maxBytes) =>
        store.ReadDelivered(recipient, liveAfter, maxBytes);

    public void AdvanceWatermark(AccountId recipient, MessageId through)
    {
        Marks++;
        store.AdvanceWatermark(recipient, through);
    }

    public void MarkDeliveredAfter(AccountId recipient, MessageId after) => store.MarkDeliveredAfter(recipient, after);

    public int DeleteMessages(AccountId recipient, IReadOnlyCollection<long> ids) =>
        store.DeleteMessages(recipient, ids);

    public IReadOnlyList<MessageId> MarkReadThrough(
        AccountId reader, AccountId sender, MessageId through, int limit) =>
        store.MarkReadThrough(reader, sender, through, limit);

    public void AddResumeToken(AccountId account, ReadOnlySpan<byte> hash, DateTimeOffset expiresAt, int keep) =>
        store.AddResumeToken(account, hash, expiresAt, keep);

    public Account? FindAccountByToken(ReadOnlySpan<byte> hash, DateTimeOffset now) =>
        store.FindAccountByToken(hash, now);

    public void RevokeToken(ReadOnlySpan<byte> hash) => store.RevokeToken(hash);

    public void RevokeTokens(AccountId account) => store.RevokeTokens(account);

    public int DeleteExpiredTokens(DateTimeOffset now, int limit) => store.DeleteExpiredTokens(now, limit);

    public void Reset() => store.Reset();

    public void Dispose() => store.Dispose();
}
