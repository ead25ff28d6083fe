using System.Text;

namespace JoChat.Load;

/// <summary>The phase of a load (warming up, counting, over) and what went wrong in it. Set by the workload, read by
/// the socket thread.</summary>
internal sealed class LoadState
{
    private const int MostFaults = 5;
    private readonly Lock _lock = new();
    private readonly List<string> _faults = [];
    private volatile bool _isCounting, _isOver, _hasFailed;

    /// <summary>Whether latencies count.</summary>
    public bool IsCounting
    {
        get => _isCounting;
        set => _isCounting = value;
    }

    /// <summary>Whether nothing more is to be sent.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }

    public bool HasFailed => _hasFailed;

    /// <summary>The first things that went wrong; empty if nothing did.</summary>
    public IReadOnlyList<string> Faults
    {
        get { lock (_lock) { return [.. _faults]; } }
    }

    /// <summary>Makes the exception that says why the load cannot go on.</summary>
    public LoadFailedException Broken(string what) => new(string.Join("; ", [what, .. Faults]));

    public void Fail(string fault, ReadOnlySpan<byte> body) => Fail($"{fault}: {Encoding.UTF8.GetString(body)}");

    public void Fail(string fault)
    {
        _hasFailed = true;
        lock (_lock)
        {
            if (_faults.Count < MostFaults) { _faults.Add(fault); }
        }
    }
}
