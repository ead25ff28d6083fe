namespace JoChat.Load;

/// <summary>How a load is run; the command line checks the bounds.</summary>
internal sealed record LoadOptions
{
    /// <summary>Senders, each with a recipient of its own; 1 to 1,000.</summary>
    public int Pairs { get; init; } = 1;

    /// <summary>Unanswered sends a sender keeps; 1 to 256, which is what the gateway reads ahead.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>How long it is measured, after a warm-up. Where the messages are counted it bounds the floors only.
    /// </summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many messages are stored for those who are away or do not read; 1 to 5,000,000.</summary>
    public int Messages { get; init; }

    /// <summary>Connections that are idle, cut or stalled; 10 to 100,000.</summary>
    public int Connections { get; init; }

    /// <summary>Bytes of a message that is queued for those who do not read; 100 to 4,096.</summary>
    public int ContentBytes { get; init; } = NumberedText.Size;

    /// <summary>The one attack that is run, or null for all.</summary>
    public string? Attack { get; init; }

    /// <summary>How often all of it is run, floors included; 1 to 20.</summary>
    public required int Runs { get; init; }

    /// <summary>Where the databases are; on a disk.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the messages are kept in PostgreSQL; else in SQLite.</summary>
    public bool OnPostgres { get; init; }

    /// <summary>Gateways of a cluster with one store, each a process; 0: one process alone.</summary>
    public int Gateways { get; init; }

    /// <summary>Whether the processes of the cluster talk to each other with TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>File for all figures, or null.</summary>
    public string? Json { get; init; }
}
