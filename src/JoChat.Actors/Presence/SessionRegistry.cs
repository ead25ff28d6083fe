using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Who is online, and who watches whom: at most one session an account beside its side sessions, at most one
/// account a session, at every instant. It belongs to the PersistenceActor, because live or away is decided in the
/// order of the writes.</summary>
internal sealed class SessionRegistry<TSession> where TSession : notnull
{
    // Every session; the others hold the accounts' own sessions or the side sessions.
    private readonly Dictionary<TSession, OnlineSession<TSession>> _bySession = [];
    private readonly Dictionary<AccountId, OnlineSession<TSession>> _byAccount = [];
    private readonly Dictionary<string, OnlineSession<TSession>> _byName = new(StringComparer.Ordinal);
    private readonly SideSessions<TSession> _sides = new();
    private readonly PresenceWatchers<TSession> _watchers = new();
    private int _wantingReceipts;

    /// <summary>Every session that is bound.</summary>
    public IReadOnlyCollection<TSession> All => _bySession.Keys;

    /// <summary>Whether any session wants receipts. While none does, they cost nothing.</summary>
    public bool AnyoneWantsReceipts => _wantingReceipts > 0;

    /// <summary>Whether any session wants to be told that its account's inbox grew.</summary>
    public bool AnyoneListens => _sides.AnyListens;

    /// <summary>Finds the account's own session.</summary>
    public bool TryFind(AccountId account, [NotNullWhen(true)] out OnlineSession<TSession>? online) =>
        _byAccount.TryGetValue(account, out online);

    /// <summary>Finds what a session is bound to.</summary>
    public bool TryFindBound(TSession session, [NotNullWhen(true)] out OnlineSession<TSession>? online) =>
        _bySession.TryGetValue(session, out online);

    /// <summary>Whether this session is bound to the account.</summary>
    public bool IsBound(AccountId account, TSession session) =>
        _bySession.TryGetValue(session, out var bound) && bound.Account == account;

    /// <summary>The account's side sessions.</summary>
    public IReadOnlyList<OnlineSession<TSession>> SidesOf(AccountId account) => _sides.Of(account);

    /// <summary>The side sessions that are to be told that the account's inbox grew.</summary>
    public IEnumerable<TSession> ListenersOf(AccountId account) =>
        _sides.Of(account).Where(side => side.Wants(Features.Push)).Select(side => side.Session);

    /// <summary>All sessions of an account.</summary>
    public ImmutableArray<TSession> Of(AccountId account)
    {
        var sides = _sides.Of(account).Select(side => side.Session);
        return TryFind(account, out var own) ? [own.Session, .. sides] : [.. sides];
    }

    /// <summary>The session of an account that is bound since then; null if there is none.</summary>
    public OnlineSession<TSession>? FindBoundSince(AccountId account, DateTimeOffset since) =>
        TryFind(account, out var own) && own.Since == since
            ? own
            : _sides.Of(account).FirstOrDefault(side => side.Since == since);

    /// <summary>All sessions of a login.</summary>
    public ImmutableArray<TSession> Of(AccountId account, LoginId login) =>
        [.. Of(account).Where(session => _bySession[session].Kept == login)];

    /// <summary>Whether any session of an account wants a feature.</summary>
    public bool IsWanted(Features feature, AccountId account) =>
        (TryFind(account, out var own) && own.Wants(feature))
        || (_sides.Of(account) is { Count: > 0 } sides && sides.Any(side => side.Wants(feature)));

    /// <summary>All sessions of an account that want a feature.</summary>
    public IEnumerable<TSession> Wanting(Features feature, AccountId account) =>
        Wanting(feature, _byAccount.GetValueOrDefault(account), _sides.Of(account));

    /// <inheritdoc cref="Wanting(Features, AccountId)"/>
    public IEnumerable<TSession> Wanting(Features feature, string nameKey) =>
        Wanting(feature, _byName.GetValueOrDefault(nameKey), _sides.Of(nameKey));

    /// <summary>Someone of this name who is present: online, or with a side session that listens.</summary>
    /// <returns>A session of theirs; null if there is nobody.</returns>
    public OnlineSession<TSession>? FindPresent(string nameKey) => _byName.TryGetValue(nameKey, out var online)
        ? online
        : _sides.Of(nameKey).FirstOrDefault(side => side.IsPresent);

    /// <summary>Binds an account to a session that has none.</summary>
    /// <returns>The account's own session until now, which watches nobody any more; null if it had none, or a side
    /// session comes.</returns>
    public OnlineSession<TSession>? Bind(OnlineSession<TSession> online)
    {
        var before = online.IsSide ? null : _byAccount.GetValueOrDefault(online.Account);
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

    /// <summary>Notes what a session's connection asks for now. A side session stays one, and no other becomes
    /// one.</summary>
    public void Change(OnlineSession<TSession> online, Features features)
    {
        Remove(online);
        Add(online with { Features = (features & ~Features.Side) | (online.Features & Features.Side) });
        if (!features.HasFlag(Features.Presence)) { _watchers.Forget(online.Session); }
    }

    /// <summary>Notes that a side session had messages delivered, while this is the account's own session. The first
    /// time counts.</summary>
    /// <param name="own">The account's own session.</param>
    /// <param name="after">Below the oldest of the messages.</param>
    public void NoteDeliveredBeside(OnlineSession<TSession> own, MessageId after)
    {
        if (own.DeliveredBeside is not null) { return; }
        Remove(own);
        Add(own with { DeliveredBeside = after });
    }

    /// <summary>Has a session watch these names, and none of those before.</summary>
    public void Watch(TSession watcher, ImmutableArray<string> nameKeys) => _watchers.Watch(watcher, nameKeys);

    /// <summary>Who is to be told that someone comes or goes.</summary>
    public IReadOnlyCollection<TSession> WatchersOf(string nameKey) => _watchers.Of(nameKey);

    public void Clear()
    {
        _bySession.Clear();
        _byAccount.Clear();
        _byName.Clear();
        _sides.Clear();
        _watchers.Clear();
        _wantingReceipts = 0;
    }

    private static IEnumerable<TSession> Wanting(
        Features feature, OnlineSession<TSession>? own, IReadOnlyList<OnlineSession<TSession>> sides)
    {
        if (own?.Wants(feature) is true) { yield return own.Session; }
        foreach (var side in sides)
        {
            if (side.Wants(feature)) { yield return side.Session; }
        }
    }

    private void Add(OnlineSession<TSession> online)
    {
        _bySession.Add(online.Session, online);
        if (online.Wants(Features.Receipts)) { _wantingReceipts++; }
        if (online.IsSide)
        {
            _sides.Add(online);
            return;
        }
        _byAccount.Add(online.Account, online);
        _byName.Add(online.NameKey, online);
    }

    private void Remove(OnlineSession<TSession> online)
    {
        _bySession.Remove(online.Session);
        if (online.Wants(Features.Receipts)) { _wantingReceipts--; }
        if (online.IsSide)
        {
            _sides.Remove(online);
            return;
        }
        _byAccount.Remove(online.Account);
        _byName.Remove(online.NameKey);
    }
}
