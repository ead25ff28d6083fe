using JoChat.Storage;

namespace JoChat.Load.Torture;

// The writes and reads, each of which may be the next to fail.
internal sealed partial class FaultyStore
{
    public void AddMessage(in NewMessage message)
    {
        Meet(ref _adds, failing.Add);
        store.AddMessage(message);
    }

    public IReadOnlyList<string> FindSameSkeleton(string username, DateTimeOffset now, int limit) =>
        store.FindSameSkeleton(username, now, limit);

    public IReadOnlyList<string> FindHashKinds() => store.FindHashKinds();

    public IReadOnlyList<AccountId> FindContactsOf(AccountId account, AccountId after, int limit)
    {
        BeforeRead();
        return store.FindContactsOf(account, after, limit);
    }

    public bool HasConversation(AccountId account, AccountId other) => store.HasConversation(account, other);

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

    public bool HasRemains
    {
        get
        {
            BeforeRead();
            return store.HasRemains;
        }
    }

    public void RemoveRemains()
    {
        BeforeWrite();
        store.RemoveRemains();
    }

    public OldMessages FindOld(MessageId after, DateTimeOffset before)
    {
        BeforeRead();
        return store.FindOld(after, before);
    }

    public int DeleteOld(IReadOnlyList<MessageId> ids)
    {
        BeforeWrite();
        return store.DeleteOld(ids);
    }

    public void AdvanceWatermark(AccountId recipient, MessageId through)
    {
        BeforeWrite();
        store.AdvanceWatermark(recipient, through);
    }

    public void MarkDeliveredAfter(AccountId recipient, MessageId after, MessageId through)
    {
        BeforeWrite();
        store.MarkDeliveredAfter(recipient, after, through);
    }

    public Deletion DeleteMessages(AccountId recipient, ReadOnlyMemory<long> ids)
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

    public LoginId AddLogin(NewLogin login, int keep)
    {
        BeforeWrite();
        return store.AddLogin(login, keep);
    }

    public UsedToken? UseToken(StoredToken token, TokenUse use)
    {
        BeforeWrite();
        return store.UseToken(token, use);
    }

    public void OfferToken(LoginId login, byte[] hash, DateTimeOffset offeredAt, int keep)
    {
        BeforeWrite();
        store.OfferToken(login, hash, offeredAt, keep);
    }

    public bool HasLoginFrom(AccountId account, string address)
    {
        BeforeRead();
        return store.HasLoginFrom(account, address);
    }

    public bool HasLogin(LoginId login)
    {
        BeforeRead();
        return store.HasLogin(login);
    }

    public IReadOnlyList<StoredLogin> ListLogins(AccountId account, DateTimeOffset now, int limit)
    {
        BeforeRead();
        return store.ListLogins(account, now, limit);
    }

    public bool RevokeLogin(AccountId account, LoginId login)
    {
        BeforeWrite();
        return store.RevokeLogin(account, login);
    }

    public void RevokeLogins(AccountId account)
    {
        BeforeWrite();
        store.RevokeLogins(account);
    }

    public bool HasExpiredLogins(DateTimeOffset now)
    {
        BeforeRead();
        return store.HasExpiredLogins(now);
    }

    public int DeleteExpiredLogins(DateTimeOffset now, int limit)
    {
        BeforeWrite();
        return store.DeleteExpiredLogins(now, limit);
    }

    public void HoldName(string username, string usernameKey, DateTimeOffset until)
    {
        BeforeWrite();
        store.HoldName(username, usernameKey, until);
    }

    public bool IsHeld(string usernameKey, DateTimeOffset now)
    {
        BeforeRead();
        return store.IsHeld(usernameKey, now);
    }

    public bool HasNamesToRelease(DateTimeOffset now)
    {
        BeforeRead();
        return store.HasNamesToRelease(now);
    }

    public int ReleaseNames(DateTimeOffset now, int limit)
    {
        BeforeWrite();
        return store.ReleaseNames(now, limit);
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

    // From memory for who blocks nobody, as all of the torture's: presence does not hang on the disk.
    public bool IsBlocked(AccountId account, AccountId other) => store.IsBlocked(account, other);

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

    public bool HasSent(AccountId sender, AccountId recipient)
    {
        BeforeRead();
        return store.HasSent(sender, recipient);
    }

    public FirstSend? FindFirstSend(in NewMessage message)
    {
        BeforeRead();
        return store.FindFirstSend(message);
    }

    public IReadOnlyList<AccountDetails> ListDetails(string afterKey, int limit)
    {
        BeforeRead();
        return store.ListDetails(afterKey, limit);
    }

    public AccountDetails? FindDetails(string usernameKey)
    {
        BeforeRead();
        return store.FindDetails(usernameKey);
    }

    public Account? FindAccount(string usernameKey)
    {
        BeforeRead();
        return store.FindAccount(usernameKey);
    }

    public long? CountUndelivered(AccountId recipient, MessageId after, MessageId through)
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

    public IReadOnlyList<StoredMessage> ReadDelivered(
        AccountId recipient, MessageId liveAfter, MessageId before, int limit, ByteBudget budget)
    {
        BeforeRead();
        return store.ReadDelivered(recipient, liveAfter, before, limit, budget);
    }

    public long RaiseEpoch() => store.RaiseEpoch();

    public IChatReader OpenReader() => store.OpenReader();
}
