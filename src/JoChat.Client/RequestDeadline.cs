namespace JoChat.Client;

/// <summary>Gives up a request once nothing has moved on the connection for
/// <see cref="JoChatClientOptions.RequestTimeout"/>, and longer if bytes of ours may be under way unseen.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<ByteProgress> _progress;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private bool _isDisposed;

    /// <summary>Begins to count.</summary>
    /// <param name="patience">Longest stillness; infinite: no deadline.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">That of the connection of the moment.</param>
    /// <param name="cancellation">Gives up too.</param>
    public RequestDeadline(
        TimeSpan patience, TimeProvider time, Func<ByteProgress> progress, CancellationToken cancellation)
    {
        (_patience, _time, _progress, _began) = (patience, time, progress, time.GetTimestamp());
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Token = _source.Token;
        lock (_gate) { _timer = time.CreateTimer(_ => Check(), null, patience, Timeout.InfiniteTimeSpan); }
    }

    /// <summary>Cancelled when the request is to be given up.</summary>
    public CancellationToken Token { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) { _isDisposed = true; }
        _timer.Dispose();
        _source.Dispose();
    }

    private void Check()
    {
        lock (_gate)
        {
            if (_isDisposed) { return; }
            var progress = _progress();
            var waited = _time.GetElapsedTime(_began);
            var still = progress.Still < waited ? progress.Still : waited;
            var left = _patience + progress.Allowance - still;
            if (left > TimeSpan.Zero)
            {
                // Timers count whole milliseconds; what is left of one must not spin.
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }
        }
        _source.Cancel();
    }
}
