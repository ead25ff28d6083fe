namespace JoChat.Load.Torture;

/// <summary>What is done to a cluster for a while.</summary>
internal enum ClusterFault
{
    /// <summary>A gateway that does not write is killed as by kill -9.</summary>
    GatewayKill,

    /// <summary>The writer is.</summary>
    WriterKill,

    /// <summary>A gateway that does not write stands still.</summary>
    GatewayPause,

    /// <summary>The writer does.</summary>
    WriterPause,

    /// <summary>The writer stands still, and goes on where it reaches no other node, but the database: it is given up and does
    /// not hear of it.</summary>
    WriterPauseApart,

    /// <summary>The writer is asked to stop.</summary>
    WriterStop,

    /// <summary>Two nodes do not reach each other.</summary>
    PairPart,

    /// <summary>The writer reaches no other node, but the database.</summary>
    WriterPart,

    /// <summary>A node that does not write reaches no other one.</summary>
    GatewayPart,

    /// <summary>What one node sends another one does not arrive; the other way it does.</summary>
    OneWayPart,

    /// <summary>The writer does not reach the database.</summary>
    DatabasePart,

    /// <summary>PostgreSQL is killed as by kill -9, and starts again.</summary>
    DatabaseKill,

    /// <summary>It stands still.</summary>
    DatabasePause,

    /// <summary>It ends all connections, again and again.</summary>
    ConnectionsEnd,

    /// <summary>Connections to it break within requests and answers, also at a commit.</summary>
    DatabaseCuts,

    /// <summary>It is slow.</summary>
    SlowDatabase,

    /// <summary>It is killed for good, and its standby promoted.</summary>
    Promotion,
}

/// <summary>One fault of a cluster.</summary>
/// <param name="Fault">Which.</param>
/// <param name="Settles">Whether it begins when nothing has changed for long, so that nothing may be refused before.</param>
/// <param name="After">How long after the cluster was found to work.</param>
/// <param name="For">How long it lasts.</param>
/// <param name="Pick">Chooses nodes; ≥ 0.</param>
internal sealed record ClusterRound(ClusterFault Fault, bool Settles, TimeSpan After, TimeSpan For, int Pick)
{
    private const int RoundsPerCalm = 4;

    /// <summary>The next one: each kind comes before any comes again.</summary>
    /// <param name="round">How many there were before.</param>
    /// <param name="random">The plan's.</param>
    /// <param name="kinds">Those that are possible, in the order of this run.</param>
    /// <param name="mayBeShort">Whether it may end before the others have given a node up.</param>
    public static ClusterRound Next(int round, Random random, IReadOnlyList<ClusterFault> kinds, bool mayBeShort)
    {
        var settles = round % RoundsPerCalm == 1;
        return new ClusterRound(
            kinds[round % kinds.Count], settles, settles ? Time(random, 5, 10) : Time(random, 0.1, 3),
            mayBeShort && random.Next(2) == 0 ? Time(random, 0.2, 6) : Time(random, mayBeShort ? 12 : 20, 30),
            random.Next(int.MaxValue));
    }

    private static TimeSpan Time(Random random, double least, double most) =>
        TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least)));
}
