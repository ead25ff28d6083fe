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
    private readonly ConcurrentDictionary<Enum, int> _counts = [];

    public int Cuts => Enum.GetValues<CutStep>().Sum(step => Of(step));

    /// <summary>How often: a <see cref="Count"/>, a <see cref="CutStep"/>, or a <c>Protocol.Operation</c> that was answered
    /// and not refused.</summary>
    public int Of(Enum what) => _counts.GetValueOrDefault(what);

    public void Add(Enum what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
