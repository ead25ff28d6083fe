namespace JoChat.Load.Torture;

/// <summary>How the torture is run; the command line checks the bounds.</summary>
internal sealed record TortureOptions
{
    /// <summary>How long faults are injected, if no counts are given.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many kill -9 there must be; 0: as many as come.</summary>
    public required int Kills { get; init; }

    /// <summary>How many cuts there must be; 0: as many as come.</summary>
    public required int Cuts { get; init; }

    /// <summary>How many clients; 2 to 200.</summary>
    public required int Clients { get; init; }

    /// <summary>The seed of the plan.</summary>
    public required int Seed { get; init; }

    /// <summary>Where the database is.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the server syncs before it acknowledges; false is the control that must fail.</summary>
    public required bool IsDurable { get; init; }

    /// <summary>Whether messages are kept in PostgreSQL, which is tortured too; else in SQLite.</summary>
    public required bool OnPostgres { get; init; }

    /// <summary>Which nodes a cluster has.</summary>
    public required Nodes Nodes { get; init; }

    /// <summary>Whether PostgreSQL refuses writers that were replaced; false is a control that must fail.</summary>
    public required bool IsFenced { get; init; }

    /// <summary>Whether a link between nodes sees what it has lost; false is a control that must fail.</summary>
    public required bool IsFramed { get; init; }

    /// <summary>What is missing in a run that must fail; null in all others.</summary>
    public string? Control => this switch
    {
        { IsDurable: false } => "durability",
        { IsFenced: false } => "fencing",
        { IsFramed: false } => "framing",
        _ => null,
    };

    /// <summary>Whether enough was done.</summary>
    public bool IsEnough(TimeSpan elapsed, int kills, int cuts) =>
        Kills == 0 && Cuts == 0 ? elapsed >= Duration : kills >= Kills && cuts >= Cuts;
}

/// <summary>The nodes of the cluster that is tortured.</summary>
internal enum Nodes
{
    /// <summary>None: one process alone.</summary>
    None,

    /// <summary>A store, and three gateways.</summary>
    Gateways,

    /// <summary>Three that are both.</summary>
    Both,
}
