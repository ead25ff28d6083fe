using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>The side sessions, by their account: most accounts have none, and those that do a few.</summary>
internal sealed class SideSessions<TSession> where TSession : notnull
{
    private readonly Dictionary<AccountId, List<OnlineSession<TSession>>> _byAccount = [];
    private readonly Dictionary<string, List<OnlineSession<TSession>>> _byName = new(StringComparer.Ordinal);
    private int _listening;

    /// <summary>Whether any wants to be told that its account's inbox grew.</summary>
    public bool AnyListens => _listening > 0;

    public IReadOnlyList<OnlineSession<TSession>> Of(AccountId account) =>
        _byAccount.TryGetValue(account, out var sessions) ? sessions : [];

    public IReadOnlyList<OnlineSession<TSession>> Of(string nameKey) =>
        _byName.TryGetValue(nameKey, out var sessions) ? sessions : [];

    public void Add(OnlineSession<TSession> side)
    {
        if (!_byAccount.TryGetValue(side.Account, out var sessions))
        {
            _byAccount.Add(side.Account, sessions = []);
            _byName.Add(side.NameKey, sessions);
        }
        sessions.Add(side);
        if (side.Wants(Features.Push)) { _listening++; }
    }

    public void Remove(OnlineSession<TSession> side)
    {
        var sessions = _byAccount[side.Account];
        sessions.Remove(side);
        if (side.Wants(Features.Push)) { _listening--; }
        if (sessions.Count > 0) { return; }
        _byAccount.Remove(side.Account);
        _byName.Remove(side.NameKey);
    }

    public void Clear()
    {
        _byAccount.Clear();
        _byName.Clear();
        _listening = 0;
    }
}
