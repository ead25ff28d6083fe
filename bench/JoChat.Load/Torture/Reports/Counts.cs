using System.Collections.Concurrent;

namespace JoChat.Load.Torture;

/// <summary>What the report counts beside the verdict.</summary>
internal enum Count
{
    /// <summary>Starts of the server, counted when it listens.</summary>
    Start,

    /// <summary>kill -9 of the server.</summary>
    Kill,

    /// <summary>Of those, before it listened.</summary>
    KillAtBirth,

    /// <summary>Logins that were answered.</summary>
    Login,

    /// <summary>Messages sent again.</summary>
    Resend,

    /// <summary>Sends that were refused because the store failed.</summary>
    Refusal,

    /// <summary>Logins and other requests that were refused for the same reason.</summary>
    OtherRefusal,

    /// <summary>Connections that stopped reading for a while.</summary>
    Stall,

    /// <summary>Times in which a file-size limit kept the server from writing.</summary>
    SizeLimitPeriod,

    /// <summary>Times in which the disk was full.</summary>
    FullDiskPeriod,

    /// <summary>kill -9 of PostgreSQL.</summary>
    DatabaseKill,

    /// <summary>Times in which PostgreSQL stood still.</summary>
    DatabasePause,

    /// <summary>Times in which PostgreSQL ended all connections.</summary>
    ConnectionsEnd,

    /// <summary>Times in which PostgreSQL's answers came late.</summary>
    SlowDatabase,

    /// <summary>Connections to PostgreSQL that were lost within a request or an answer.</summary>
    DatabaseCut,

    /// <summary>Standbys that were promoted, the PostgreSQL before being killed.</summary>
    Promotion,

    /// <summary>Nodes that stood still for a while.</summary>
    NodePause,

    /// <summary>Nodes that were asked to stop.</summary>
    NodeStop,

    /// <summary>Times in which some nodes did not reach others, or the database.</summary>
    Partition,

    /// <summary>Nodes that left by themselves, with status 75.</summary>
    NodeLeft,

    /// <summary>Nodes that became the writer.</summary>
    WriterFound,

    /// <summary>Calls of the store that were made to fail.</summary>
    StoreFault,
}

/// <summary>Counters. Thread-safe.</summary>
internal sealed class Counts
{
    private readonly ConcurrentDictionary<Enum, int> _counts = [];

    public int Cuts => Enum.GetValues<CutStep>().Sum(step => Of(step));

    /// <summary>How often: a <see cref="Count"/>, a <see cref="CutStep"/>, or a <c>Protocol.Operation</c> that was
    /// answered and not refused.</summary>
    public int Of(Enum what) => _counts.GetValueOrDefault(what);

    public void Add(Enum what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
