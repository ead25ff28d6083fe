using System.Diagnostics.CodeAnalysis;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Who is online: at most one session an account, at most one account a session, at every instant. It belongs
/// to the PersistenceActor, because live or away is decided in the order of the writes.</summary>
internal sealed class OnlineSessions
{
    private readonly Dictionary<AccountId, OnlineSession> _byAccount = [];
    private readonly Dictionary<IActorRef, OnlineSession> _bySession = [];
    private readonly Dictionary<string, OnlineSession> _byName = new(StringComparer.Ordinal);
    private int _wantingReceipts;

    public IReadOnlyCollection<IActorRef> All => _bySession.Keys;

    /// <summary>Whether anyone does: while nobody does, a receipt costs nothing.</summary>
    public bool AnyoneWantsReceipts => _wantingReceipts > 0;

    public bool TryFind(AccountId account, [NotNullWhen(true)] out OnlineSession? online) =>
        _byAccount.TryGetValue(account, out online);

    public bool TryFind(string nameKey, [NotNullWhen(true)] out OnlineSession? online) =>
        _byName.TryGetValue(nameKey, out online);

    public bool IsBound(AccountId account, IActorRef session) =>
        _byAccount.TryGetValue(account, out var bound) && bound.Session.Equals(session);

    /// <summary>Binds an account to a session that has none.</summary>
    /// <returns>The account's session until now, or null if it had none.</returns>
    public OnlineSession? Bind(OnlineSession online)
    {
        var before = _byAccount.GetValueOrDefault(online.Account);
        if (before is not null) { Remove(before); }
        Add(online);
        return before;
    }

    /// <returns>What the session was bound to, or null.</returns>
    public OnlineSession? Unbind(IActorRef session)
    {
        if (!_bySession.TryGetValue(session, out var online)) { return null; }
        Remove(online);
        return online;
    }

    /// <summary>Notes what a session's connection asks for now.</summary>
    public void Change(OnlineSession online, Features features)
    {
        Remove(online);
        Add(online with { Features = features });
    }

    public void Clear()
    {
        _byAccount.Clear();
        _bySession.Clear();
        _byName.Clear();
        _wantingReceipts = 0;
    }

    private void Add(OnlineSession online)
    {
        _byAccount.Add(online.Account, online);
        _bySession.Add(online.Session, online);
        _byName.Add(online.NameKey, online);
        if (online.Wants(Features.Receipts)) { _wantingReceipts++; }
    }

    private void Remove(OnlineSession online)
    {
        _byAccount.Remove(online.Account);
        _bySession.Remove(online.Session);
        _byName.Remove(online.NameKey);
        if (online.Wants(Features.Receipts)) { _wantingReceipts--; }
    }
}
