namespace JoChat.Load.Torture;

/// <summary>What is wrong with the disk during one life of the server.</summary>
internal enum DiskFault
{
    /// <summary>Nothing: no write may be refused.</summary>
    None,

    /// <summary>Every n-th call of the store fails.</summary>
    FailingCalls,

    /// <summary>For a while no file may be written beyond a few bytes.</summary>
    FileSizeLimit,

    /// <summary>The database lies on a small disk that is full for a while.</summary>
    FullDisk,
}

/// <summary>One life of the server: one process, from its start to its kill -9.</summary>
/// <param name="Disk">What is wrong with the disk.</param>
/// <param name="FailingCalls">Which calls of the store fail, for <see cref="DiskFault.FailingCalls"/>.</param>
/// <param name="WindowMessages">The server's delivery window: a small one is full often.</param>
/// <param name="Duration">How long it runs once it listens.</param>
/// <param name="KilledWhileStarting">Whether it is killed that long after its process was started instead, listening or
/// not.</param>
/// <param name="FullFrom">When the disk becomes full, as a part of the life: 0 to 1.</param>
/// <param name="FullFor">How long it stays so, as a part of the life; it may be killed in it.</param>
internal sealed record ServerLife(
    DiskFault Disk, FailingCalls FailingCalls, int WindowMessages, TimeSpan Duration, bool KilledWhileStarting,
    double FullFrom, double FullFor)
{
    private static readonly int[] Windows = [256, 256, 64, 16, 4];

    /// <summary>The last life, without faults, in which everything is delivered.</summary>
    public static ServerLife Calm { get; } =
        new(DiskFault.None, FailingCalls.None, Windows[0], Timeout.InfiniteTimeSpan, KilledWhileStarting: false, 0, 0);

    /// <summary>Whether a write may be refused with <c>storage_unavailable</c>.</summary>
    public bool MayRefuseWrites => Disk != DiskFault.None;

    /// <summary>Whether a read may be: a disk that cannot be written can be read.</summary>
    public bool MayRefuseReads => Disk == DiskFault.FailingCalls && FailingCalls.Read > 0;

    /// <summary>The next life.</summary>
    /// <param name="index">How many there were before.</param>
    /// <param name="random">The plan's.</param>
    public static ServerLife Next(int index, Random random)
    {
        // Every second life has a sound disk: a refusal or a wrong order then has no excuse.
        var disk = index % 2 == 0 ? DiskFault.None : (DiskFault)(1 + (index / 2 % 3));
        var killedWhileStarting = random.Next(20) == 0;
        return new ServerLife(
            disk, FailingCalls.Next(random), Windows[random.Next(Windows.Length)],
            TimeSpan.FromMilliseconds(killedWhileStarting ? random.Next(30, 900) : random.Next(200, 4500)),
            killedWhileStarting,
            FullFrom: random.NextDouble() * 0.6, FullFor: 0.1 + (random.NextDouble() * 0.5));
    }
}
