namespace JoChat.Client;

/// <summary>Detects a dead connection: pings the server after <see cref="JoChatClientOptions.KeepAlive"/> of silence,
/// and ends the connection after as long again, or later if bytes of ours may still be under way to it.</summary>
/// <remarks>One periodic timer, never reset: what is received, which is often, costs one write to a field.</remarks>
internal sealed class HeartbeatMonitor(Connection connection, JoChatClientOptions options) : IAsyncDisposable
{
    // What _silentTicks is while an event handler runs: far from counting up to anything.
    private const int Suspended = int.MinValue;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isDisposed;

    // Reset by the read loop and by writes, advanced by the timer.
    private int _silentTicks;

    public void Start()
    {
        lock (_gate)
        {
            if (_isDisposed || _timer is not null) { return; }
            _timer = options.Time.CreateTimer(_ => Tick(), null, options.KeepAlive, options.KeepAlive);
        }
    }

    /// <summary>Something was received.</summary>
    public void MarkHeard() => Volatile.Write(ref _silentTicks, 0);

    /// <summary>The server has taken bytes of ours: it lives, though it has nothing to say yet.</summary>
    public void MarkTaken()
    {
        var ticks = Volatile.Read(ref _silentTicks);
        if (ticks > 0) { Interlocked.CompareExchange(ref _silentTicks, 0, ticks); }
    }

    /// <summary>Stops the count until the next <see cref="MarkHeard"/>: nothing is being read meanwhile.</summary>
    public void Suspend() => Volatile.Write(ref _silentTicks, Suspended);

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
        var ticks = Interlocked.Increment(ref _silentTicks);
        if (ticks == 2)
        {
            _ = connection.PingAsync(); // its answer counts as anything else received; it cannot throw
        }
        else if (ticks > 2 && ticks > 2 + (connection.Progress.Allowance / options.KeepAlive))
        {
            connection.End("The server has been silent for too long.");
        }
    }
}
