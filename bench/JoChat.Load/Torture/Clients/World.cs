namespace JoChat.Load.Torture;

/// <summary>What all clients share.</summary>
internal sealed class World(TorturedServer server, Ledger ledger, Counts counts, IReadOnlyList<ClientKind> clients)
{
    private volatile bool _isOver;

    public TorturedServer Server => server;

    public Ledger Ledger => ledger;

    public Counts Counts => counts;

    public IReadOnlyList<ClientKind> Clients => clients;

    /// <summary>Whether the torture is over: nobody is cut any more and nobody begins anything new.</summary>
    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}
