using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A real store on a disk that fails at random, commits most of all.</summary>
internal sealed class FailingStore(IChatStore store, Random random) : IChatStore
{
    private const double CommitsFail = 0.6;
    private const double OthersFail = 0.01;
    private bool _isOpen;
    private StorageException? _spoiledBy;

    /// <summary>Whether anything fails.</summary>
    public bool IsFailing { get; set; }

    public MessageId LastMessageId => store.LastMessageId;

    public IChatReader OpenReader() =>
        new ObservedReader(store.OpenReader()) { BeforeRead = () => MayFail(OthersFail) };

    public void Begin()
    {
        MayFail(OthersFail);
        store.Begin();
        _isOpen = true;
    }

    public void Commit()
    {
        try
        {
            BeforeWrite(CommitsFail);
        }
        catch (StorageException)
        {
            Rollback();
            throw;
        }
        store.Commit();
        _isOpen = false;
    }

    public void Rollback()
    {
        store.Rollback();
        (_isOpen, _spoiledBy) = (false, null);
    }

    public Account? FindAccount(string usernameKey)
    {
        BeforeRead();
        return store.FindAccount(usernameKey);
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

    public FirstSend? AddMessage(in NewMessage message)
    {
        BeforeWrite();
        return store.AddMessage(message);
    }

    public long CountWaiting(AccountId recipient, MessageId through)
    {
        BeforeRead();
        return store.CountWaiting(recipient, through);
    }

    public IReadOnlyList<StoredMessage> ReadWaiting(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        BeforeRead();
        return store.ReadWaiting(recipient, after, through, limit, maxBytes);
    }

    public IReadOnlyList<StoredMessage> ReadReceived(AccountId recipient, MessageId liveAfter, int maxBytes)
    {
        BeforeRead();
        return store.ReadReceived(recipient, liveAfter, maxBytes);
    }

    public void MarkReceivedThrough(AccountId recipient, MessageId through)
    {
        BeforeWrite();
        store.MarkReceivedThrough(recipient, through);
    }

    public void MarkReceivedAfter(AccountId recipient, MessageId after)
    {
        BeforeWrite();
        store.MarkReceivedAfter(recipient, after);
    }

    public int DeleteMessages(AccountId recipient, IReadOnlyCollection<long> ids)
    {
        BeforeWrite();
        return store.DeleteMessages(recipient, ids);
    }

    public IReadOnlyList<MessageId> MarkReadThrough(AccountId reader, AccountId sender, MessageId through, int limit)
    {
        BeforeWrite();
        return store.MarkReadThrough(reader, sender, through, limit);
    }

    public void AddResumeToken(AccountId account, ReadOnlySpan<byte> hash, DateTimeOffset expiresAt, int keep)
    {
        BeforeWrite();
        store.AddResumeToken(account, hash, expiresAt, keep);
    }

    public Account? FindAccountByToken(ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        BeforeRead();
        return store.FindAccountByToken(hash, now);
    }

    public void RevokeToken(ReadOnlySpan<byte> hash)
    {
        BeforeWrite();
        store.RevokeToken(hash);
    }

    public void RevokeTokens(AccountId account)
    {
        BeforeWrite();
        store.RevokeTokens(account);
    }

    public int DeleteExpiredTokens(DateTimeOffset now, int limit)
    {
        BeforeWrite();
        return store.DeleteExpiredTokens(now, limit);
    }

    public void Reset()
    {
        BeforeWrite();
        store.Reset();
    }

    public void Dispose() => store.Dispose();

    private void BeforeRead(double rate = OthersFail)
    {
        try
        {
            MayFail(rate);
        }
        catch (StorageException fault)
        {
            if (_isOpen) { _spoiledBy ??= fault; }
            throw;
        }
    }

    // What has failed once in a batch spoils it: the rest of it fails too, and its commit.
    private void BeforeWrite(double rate = OthersFail)
    {
        if (_spoiledBy is { } cause) { throw new StorageException(cause.Message, cause.IsTransient, cause); }
        BeforeRead(rate);
    }

    private void MayFail(double rate)
    {
        if (!IsFailing || random.NextDouble() >= rate) { return; }
        throw new StorageException("The disk is full.", isTransient: true);
    }
}
