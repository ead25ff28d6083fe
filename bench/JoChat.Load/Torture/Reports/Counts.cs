using System.Collections.Concurrent;

namespace JoChat.Load.Torture;

/// <summary>What else is counted.</summary>
internal enum Count
{
    /// <summary>Processes of the server that listened.</summary>
    Start,

    /// <summary>kill -9 of the server.</summary>
    Kill,

    /// <summary>Of those, before it listened.</summary>
    KillAtBirth,

    /// <summary>Logins that were answered.</summary>
    Login,

    /// <summary>Sendings of messages that were on their way before.</summary>
    Resend,

    /// <summary>Sends that were refused because the store failed.</summary>
    Refusal,

    /// <summary>Logins and other requests that were refused for the same reason.</summary>
    OtherRefusal,

    /// <summary>Readers that stopped reading for a while.</summary>
    Stall,

    /// <summary>Times in which a file-size limit kept the server from writing.</summary>
    SizeLimitPeriod,

    /// <summary>Times in which the disk was full.</summary>
    FullDiskPeriod,

    /// <summary>Calls of the store that were made to fail.</summary>
    StoreFault,
}

/// <summary>Counters, safe for several threads.</summary>
internal sealed class Counts
{
    private readonly ConcurrentDictionary<Count, int> _counts = [];
    private readonly ConcurrentDictionary<CutStep, int> _cuts = [];

    public int Cuts => _cuts.Values.Sum();

    public int Of(Count what) => _counts.GetValueOrDefault(what);

    public int Of(CutStep step) => _cuts.GetValueOrDefault(step);

    public void Add(Count what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public void Add(CutStep step) => _cuts.AddOrUpdate(step, 1, (_, count) => count + 1);
}
