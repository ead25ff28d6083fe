namespace JoChat.Client;

/// <summary>Detects a dead connection: pings the server after <see cref="JoChatClientOptions.KeepAlive"/> of silence,
/// and ends the connection after as long again.</summary>
/// <remarks>One periodic timer, never reset: what is received, which is often, costs one write to a field.</remarks>
internal sealed class HeartbeatMonitor(Connection connection, JoChatClientOptions options) : IAsyncDisposable
{
    private const int Heard = 0, Silent = 1, Pinged = 2, Suspended = 3;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isDisposed;

    // Reset by the read loop, advanced by the timer.
    private int _state;

    public void Start()
    {
        lock (_gate)
        {
            if (_isDisposed || _timer is not null) { return; }
            _timer = options.Time.CreateTimer(_ => Tick(), null, options.KeepAlive, options.KeepAlive);
        }
    }

    /// <summary>Something was received.</summary>
    public void MarkHeard() => Volatile.Write(ref _state, Heard);

    /// <summary>Stops the count until the next <see cref="MarkHeard"/>: nothing is being read meanwhile.</summary>
    public void Suspend() => Volatile.Write(ref _state, Suspended);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ITimer? timer;
        lock (_gate)
        {
            _isDisposed = true;
            timer = _timer;
        }
        if (timer is not null) { await timer.DisposeAsync().ConfigureAwait(false); }
    }

    private void Tick()
    {
        switch (Interlocked.CompareExchange(ref _state, Silent, Heard))
        {
            case Silent when Interlocked.CompareExchange(ref _state, Pinged, Silent) == Silent:
                _ = connection.PingAsync(); // its answer counts as anything else received; it cannot throw
                break;
            case Pinged:
                connection.End("The server has been silent for too long.");
                break;
        }
    }
}
