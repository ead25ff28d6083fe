using System.Runtime.InteropServices;

namespace JoChat.Actors;

/// <summary>How many lines of one kind may be written because of what clients do: some for each cause, and some in all.
/// What is left out is counted. Not thread-safe.</summary>
/// <typeparam name="TCause">By what it is measured: addresses, or accounts.</typeparam>
internal sealed class LineLimit<TCause>(TimeProvider time) where TCause : notnull
{
    private const int MostCauses = 10_000; // that are counted apart
    private const int All = 0;

    private static readonly Rate OfOne = new(20, TimeSpan.FromSeconds(10));
    private static readonly Rate OfAll = new(1000, TimeSpan.FromMilliseconds(200));

    private readonly RateLimit<TCause> _ofEach = new(OfOne, time);
    private readonly RateLimit<int> _ofAll = new(OfAll, time);
    private readonly Dictionary<TCause, long> _leftOut = [];
    private long _leftOutCount;

    /// <summary>Whether a line may be written; if so, it is counted.</summary>
    public bool Allows(TCause cause)
    {
        if (_ofEach.WaitOf(cause) > TimeSpan.Zero || _ofAll.WaitOf(All) > TimeSpan.Zero)
        {
            LeaveOut(cause);
            return false;
        }
        _ofEach.Take(cause);
        _ofAll.Take(All);
        return true;
    }

    /// <summary>What was left out since the last time; null if nothing was.</summary>
    public LeftOutLines<TCause>? TakeRest()
    {
        if (_leftOutCount == 0) { return null; }
        var most = _leftOut.MaxBy(one => one.Value);
        var rest = new LeftOutLines<TCause>(_leftOutCount, _leftOut.Count, most.Key, most.Value);
        _leftOutCount = 0;
        _leftOut.Clear();
        return rest;
    }

    /// <summary>Counts a line that is not written.</summary>
    public void LeaveOut(TCause cause)
    {
        _leftOutCount++;
        if (_leftOut.Count >= MostCauses && !_leftOut.ContainsKey(cause)) { return; }
        CollectionsMarshal.GetValueRefOrAddDefault(_leftOut, cause, out _)++;
    }
}

/// <summary>Lines that were not written.</summary>
/// <param name="Count">How many.</param>
/// <param name="Causes">How many caused them, as far as these were counted.</param>
/// <param name="Most">Who caused most of them.</param>
/// <param name="OfMost">How many it caused.</param>
internal sealed record LeftOutLines<TCause>(long Count, int Causes, TCause Most, long OfMost);
