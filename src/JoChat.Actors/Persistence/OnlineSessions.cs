using System.Diagnostics.CodeAnalysis;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Who is online: at most one session an account, at most one account a session. It belongs to the
/// PersistenceActor, because live or away is decided in the order of the writes.</summary>
internal sealed class OnlineSessions
{
    private readonly Dictionary<AccountId, IActorRef> _sessions = [];
    private readonly Dictionary<IActorRef, AccountId> _accounts = [];

    public IReadOnlyCollection<IActorRef> All => _accounts.Keys;

    public bool TryGetSession(AccountId account, [NotNullWhen(true)] out IActorRef? session) =>
        _sessions.TryGetValue(account, out session);

    public bool IsBound(AccountId account, IActorRef session) =>
        _sessions.TryGetValue(account, out var bound) && bound.Equals(session);

    public void Bind(AccountId account, IActorRef session)
    {
        _sessions.Add(account, session);
        _accounts.Add(session, account);
    }

    public void Unbind(IActorRef session)
    {
        if (_accounts.Remove(session, out var account)) { _sessions.Remove(account); }
    }

    public void Clear()
    {
        _sessions.Clear();
        _accounts.Clear();
    }
}
