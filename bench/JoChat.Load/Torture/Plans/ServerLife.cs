namespace JoChat.Load.Torture;

/// <summary>What is wrong with the storage during one life of the server.</summary>
internal enum StorageFault
{
    /// <summary>Nothing: no write may be refused.</summary>
    None,

    /// <summary>Every n-th call of the store fails.</summary>
    FailingCalls,

    /// <summary>For a while no file may be written beyond a few bytes.</summary>
    FileSizeLimit,

    /// <summary>The database lies on a small disk that is full for a while.</summary>
    FullDisk,

    /// <summary>PostgreSQL is killed as by kill -9, and starts again a while later.</summary>
    DatabaseKill,

    /// <summary>PostgreSQL stands still for a while.</summary>
    DatabasePause,

    /// <summary>PostgreSQL ends all connections, again and again.</summary>
    ConnectionsEnd,
}

/// <summary>One life of the server: one process, from its start to its kill -9.</summary>
/// <param name="Storage">What is wrong with the storage.</param>
/// <param name="FailingCalls">Which calls of the store fail, for <see cref="StorageFault.FailingCalls"/>.</param>
/// <param name="WindowMessages">The server's delivery window: a small one is full often.</param>
/// <param name="Duration">How long it runs once it listens.</param>
/// <param name="KilledWhileStarting">Whether it is killed that long after its process was started instead, listening or
/// not.</param>
/// <param name="FaultFrom">When that begins, as a part of the life: 0 to 1.</param>
/// <param name="FaultFor">How long it lasts, as a part of the life; it may be killed in it.</param>
internal sealed record ServerLife(
    StorageFault Storage, FailingCalls FailingCalls, int WindowMessages, TimeSpan Duration, bool KilledWhileStarting,
    double FaultFrom, double FaultFor)
{
    private static readonly StorageFault[] OfSqlite =
        [StorageFault.FailingCalls, StorageFault.FileSizeLimit, StorageFault.FullDisk];

    private static readonly StorageFault[] OfPostgres =
    [
        StorageFault.DatabaseKill, StorageFault.DatabasePause, StorageFault.ConnectionsEnd, StorageFault.FailingCalls,
    ];

    private static readonly int[] Windows = [256, 256, 64, 16, 4];

    /// <summary>The last life, without faults, in which everything is delivered.</summary>
    public static ServerLife Calm { get; } =
        new(StorageFault.None, FailingCalls.None, Windows[0], Timeout.InfiniteTimeSpan, KilledWhileStarting: false, 0, 0);

    /// <summary>Whether a write may be refused with <c>storage_unavailable</c>.</summary>
    public bool MayRefuseWrites => Storage != StorageFault.None;

    /// <summary>Whether a read may be: a disk that cannot be written can be read.</summary>
    public bool MayRefuseReads => Storage is StorageFault.FailingCalls
        ? FailingCalls.Read > 0 : OfPostgres.Contains(Storage);

    /// <summary>Whether a write that was refused may be stored all the same: a disk took a part of a commit
    /// (docs/protocol.md, Guarantees).</summary>
    public bool MayStoreRefused => Storage is StorageFault.FileSizeLimit or StorageFault.FullDisk;

    /// <summary>The next life.</summary>
    /// <param name="index">How many there were before.</param>
    /// <param name="random">The plan's.</param>
    /// <param name="onPostgres">Whether the server is one over PostgreSQL.</param>
    public static ServerLife Next(int index, Random random, bool onPostgres)
    {
        // Every second life has a sound storage: a refusal or a wrong order then has no excuse.
        var faults = onPostgres ? OfPostgres : OfSqlite;
        var fault = index % 2 == 0 ? StorageFault.None : faults[index / 2 % faults.Length];
        var killedWhileStarting = random.Next(20) == 0;
        return new ServerLife(
            fault, FailingCalls.Next(random), Windows[random.Next(Windows.Length)],
            TimeSpan.FromMilliseconds(killedWhileStarting ? random.Next(30, 900) : random.Next(200, 4500)),
            killedWhileStarting,
            FaultFrom: random.NextDouble() * 0.6, FaultFor: 0.1 + (random.NextDouble() * 0.5));
    }
}
