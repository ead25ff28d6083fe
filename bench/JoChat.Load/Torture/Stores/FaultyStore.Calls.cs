using JoChat.Storage;

namespace JoChat.Load.Torture;

// The writes and reads, each of which may be the next to fail.
internal sealed partial class FaultyStore
{
    public FirstSend? AddMessage(in NewMessage message)
    {
        Meet(ref _adds, failing.Add);
        return store.AddMessage(message);
    }

    public AccountId? AddAccount(string username, string usernameKey, string passwordHash, DateTimeOffset createdAt)
    {
        BeforeWrite();
        return store.AddAccount(username, usernameKey, passwordHash, createdAt);
    }

    public void SetPasswordHash(AccountId account, string passwordHash)
    {
        BeforeWrite();
        store.SetPasswordHash(account, passwordHash);
    }

    public void DeleteAccount(AccountId account)
    {
        BeforeWrite();
        store.DeleteAccount(account);
    }

    public void AdvanceWatermark(AccountId recipient, MessageId through)
    {
        BeforeWrite();
        store.AdvanceWatermark(recipient, through);
    }

    public void MarkDeliveredAfter(AccountId recipient, MessageId after)
    {
        BeforeWrite();
        store.MarkDeliveredAfter(recipient, after);
    }

    public int DeleteMessages(AccountId recipient, IReadOnlyCollection<long> ids)
    {
        BeforeWrite();
        return store.DeleteMessages(recipient, ids);
    }

    public IReadOnlyList<MessageId> MarkReadThrough(
        AccountId reader, AccountId sender, MessageId through, int limit)
    {
        BeforeWrite();
        return store.MarkReadThrough(reader, sender, through, limit);
    }

    public bool Block(AccountId account, AccountId other, int most)
    {
        BeforeWrite();
        return store.Block(account, other, most);
    }

    public void Unblock(AccountId account, AccountId other)
    {
        BeforeWrite();
        store.Unblock(account, other);
    }

    public DeletedSlice DeleteFrom(AccountId recipient, AccountId sender, MessageId through, int limit)
    {
        BeforeWrite();
        return store.DeleteFrom(recipient, sender, through, limit);
    }

    public void AddResumeToken(AccountId account, byte[] hash, DateTimeOffset expiresAt, int keep)
    {
        BeforeWrite();
        store.AddResumeToken(account, hash, expiresAt, keep);
    }

    public void RevokeToken(byte[] hash)
    {
        BeforeWrite();
        store.RevokeToken(hash);
    }

    public void RevokeTokens(AccountId account)
    {
        BeforeWrite();
        store.RevokeTokens(account);
    }

    public bool HasExpiredTokens(DateTimeOffset now)
    {
        BeforeRead();
        return store.HasExpiredTokens(now);
    }

    public int DeleteExpiredTokens(DateTimeOffset now, int limit)
    {
        BeforeWrite();
        return store.DeleteExpiredTokens(now, limit);
    }

    public bool HasExpiredClientIds(DateTimeOffset before)
    {
        BeforeRead();
        return store.HasExpiredClientIds(before);
    }

    public int DeleteExpiredClientIds(DateTimeOffset before)
    {
        BeforeWrite();
        return store.DeleteExpiredClientIds(before);
    }

    public void Reset()
    {
        BeforeWrite();
        store.Reset();
    }

    public bool IsBlocked(AccountId account, AccountId other)
    {
        BeforeRead();
        return store.IsBlocked(account, other);
    }

    public long CountSentBytes(AccountId sender)
    {
        BeforeRead();
        return store.CountSentBytes(sender);
    }

    public long CountUndeliveredFrom(AccountId recipient, AccountId sender, MessageId after, int limit)
    {
        BeforeRead();
        return store.CountUndeliveredFrom(recipient, sender, after, limit);
    }

    public long CountInbox(AccountId recipient, MessageId after, int limit)
    {
        BeforeRead();
        return store.CountInbox(recipient, after, limit);
    }

    public FirstSend? FindFirstSend(in NewMessage message)
    {
        BeforeRead();
        return store.FindFirstSend(message);
    }

    public Account? FindAccount(string usernameKey)
    {
        BeforeRead();
        return store.FindAccount(usernameKey);
    }

    public Account? FindAccountByToken(byte[] hash, DateTimeOffset now)
    {
        BeforeRead();
        return store.FindAccountByToken(hash, now);
    }

    public long CountUndelivered(AccountId recipient, MessageId after, MessageId through)
    {
        BeforeRead();
        return store.CountUndelivered(recipient, after, through);
    }

    public IReadOnlyList<StoredMessage> ReadUndelivered(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        BeforeRead();
        return store.ReadUndelivered(recipient, after, through, limit, maxBytes);
    }

    public IReadOnlyList<StoredMessage> ReadUnmarked(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        BeforeRead();
        return store.ReadUnmarked(recipient, after, through, limit, maxBytes);
    }

    public IReadOnlyList<StoredMessage> ReadDelivered(AccountId recipient, MessageId liveAfter, int maxBytes)
    {
        BeforeRead();
        return store.ReadDelivered(recipient, liveAfter, maxBytes);
    }

    public IChatReader OpenReader() => store.OpenReader();
}
