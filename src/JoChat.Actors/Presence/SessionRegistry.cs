using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Who is online, and who watches whom: at most one session an account, at most one account a session, at every
/// instant. It belongs to the PersistenceActor, because live or away is decided in the order of the writes.</summary>
internal sealed class SessionRegistry<TSession> where TSession : notnull
{
    private readonly Dictionary<AccountId, OnlineSession<TSession>> _byAccount = [];
    private readonly Dictionary<TSession, OnlineSession<TSession>> _bySession = [];
    private readonly Dictionary<string, OnlineSession<TSession>> _byName = new(StringComparer.Ordinal);
    private readonly PresenceWatchers<TSession> _watchers = new();
    private int _wantingReceipts;

    /// <summary>Every session that is bound.</summary>
    public IReadOnlyCollection<TSession> All => _bySession.Keys;

    /// <summary>Whether any session wants receipts. While none does, they cost nothing.</summary>
    public bool AnyoneWantsReceipts => _wantingReceipts > 0;

    public bool TryFind(AccountId account, [NotNullWhen(true)] out OnlineSession<TSession>? online) =>
        _byAccount.TryGetValue(account, out online);

    public bool TryFind(string nameKey, [NotNullWhen(true)] out OnlineSession<TSession>? online) =>
        _byName.TryGetValue(nameKey, out online);

    /// <summary>Whether the account is bound to this session.</summary>
    public bool IsBound(AccountId account, TSession session) =>
        _byAccount.TryGetValue(account, out var bound) && bound.Session.Equals(session);

    /// <summary>Binds an account to a session that has none.</summary>
    /// <returns>The account's session until now, which watches nobody any more; null if it had none.</returns>
    public OnlineSession<TSession>? Bind(OnlineSession<TSession> online)
    {
        var before = _byAccount.GetValueOrDefault(online.Account);
        if (before is not null)
        {
            Remove(before);
            _watchers.Forget(before.Session);
        }
        Add(online);
        return before;
    }

    /// <summary>Unbinds a session, which watches nobody any more.</summary>
    /// <returns>What it was bound to, or null.</returns>
    public OnlineSession<TSession>? Unbind(TSession session)
    {
        _watchers.Forget(session);
        if (!_bySession.TryGetValue(session, out var online)) { return null; }
        Remove(online);
        return online;
    }

    /// <summary>Notes what a session's connection asks for now.</summary>
    public void Change(OnlineSession<TSession> online, Features features)
    {
        Remove(online);
        Add(online with { Features = features });
        if (!features.HasFlag(Features.Presence)) { _watchers.Forget(online.Session); }
    }

    /// <summary>Has a session watch these names, and none of those before.</summary>
    public void Watch(TSession watcher, ImmutableArray<string> nameKeys) => _watchers.Watch(watcher, nameKeys);

    /// <summary>Who is to be told that someone comes or goes.</summary>
    public IReadOnlyCollection<TSession> WatchersOf(string nameKey) => _watchers.Of(nameKey);

    public void Clear()
    {
        _byAccount.Clear();
        _bySession.Clear();
        _byName.Clear();
        _watchers.Clear();
        _wantingReceipts = 0;
    }

    private void Add(OnlineSession<TSession> online)
    {
        _byAccount.Add(online.Account, online);
        _bySession.Add(online.Session, online);
        _byName.Add(online.NameKey, online);
        if (online.Wants(Features.Receipts)) { _wantingReceipts++; }
    }

    private void Remove(OnlineSession<TSession> online)
    {
        _byAccount.Remove(online.Account);
        _bySession.Remove(online.Session);
        _byName.Remove(online.NameKey);
        if (online.Wants(Features.Receipts)) { _wantingReceipts--; }
    }
}
