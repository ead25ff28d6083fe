using System.Runtime.InteropServices;

namespace JoChat.Actors;

/// <summary>How many lines of one kind may be written because of what clients do: some for each address, and some in all.
/// What is left out is counted. Not thread-safe.</summary>
internal sealed class LineLimit(TimeProvider time)
{
    private const int MostAddresses = 10_000; // that are counted apart
    private const int All = 0;

    private static readonly Rate OfAddress = new(20, TimeSpan.FromSeconds(10));
    private static readonly Rate OfAll = new(1000, TimeSpan.FromMilliseconds(200));

    private readonly RateLimit<ClientAddress> _ofAddresses = new(OfAddress, time);
    private readonly RateLimit<int> _ofAll = new(OfAll, time);
    private readonly Dictionary<ClientAddress, long> _leftOut = [];
    private long _leftOutCount;

    /// <summary>Whether a line may be written; if so, it is counted.</summary>
    public bool Allows(ClientAddress cause)
    {
        if (_ofAddresses.WaitOf(cause) > TimeSpan.Zero || _ofAll.WaitOf(All) > TimeSpan.Zero)
        {
            LeaveOut(cause);
            return false;
        }
        _ofAddresses.Take(cause);
        _ofAll.Take(All);
        return true;
    }

    /// <summary>What was left out since the last time; null if nothing was.</summary>
    public LeftOutLines? TakeRest()
    {
        if (_leftOutCount == 0) { return null; }
        var most = _leftOut.MaxBy(one => one.Value);
        var rest = new LeftOutLines(_leftOutCount, _leftOut.Count, most.Key, most.Value);
        _leftOutCount = 0;
        _leftOut.Clear();
        return rest;
    }

    private void LeaveOut(ClientAddress cause)
    {
        _leftOutCount++;
        if (_leftOut.Count >= MostAddresses && !_leftOut.ContainsKey(cause)) { return; }
        CollectionsMarshal.GetValueRefOrAddDefault(_leftOut, cause, out _)++;
    }
}

/// <summary>Lines that were not written.</summary>
/// <param name="Count">How many.</param>
/// <param name="Addresses">By how many addresses they were caused, as far as these were counted.</param>
/// <param name="Most">The address that caused most of them.</param>
/// <param name="OfMost">How many it caused.</param>
internal sealed record LeftOutLines(long Count, int Addresses, ClientAddress Most, long OfMost);
