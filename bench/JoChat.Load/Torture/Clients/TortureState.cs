using System.Collections.Concurrent;

namespace JoChat.Load.Torture;

/// <summary>What all clients share.</summary>
internal sealed class TortureState(
    IServerUnderTorture server, Ledger ledger, Counts counts, IReadOnlyList<ClientKind> clients)
{
    private readonly ConcurrentDictionary<string, int> _lastLogins = []; // the number of the life, by name
    private volatile bool _isOver;

    public IServerUnderTorture Server => server;

    public Ledger Ledger => ledger;

    public Counts Counts => counts;

    public IReadOnlyList<ClientKind> Clients => clients;

    /// <summary>Whether the torture is over: nothing is cut any more and nothing new is sent.</summary>
    public bool IsOver => _isOver;

    public void End() => _isOver = true;

    public bool IsClient(string name) => clients.Any(client => client.Name == name);

    /// <summary>Notes that an account is about to ask for a login.</summary>
    public void NoteLogin(string name, CurrentLife life) => _lastLogins[name] = life.Number;

    /// <summary>Whether an account may have a session in this life of the server: it has asked for one.</summary>
    public bool MayBeOnline(string name, CurrentLife life) => _lastLogins.GetValueOrDefault(name) >= life.Number;
}
