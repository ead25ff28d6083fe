namespace JoChat.Client;

/// <summary>Notices that a server has gone without a word: asks it for a sign of life when it is silent, and ends the
/// connection if none comes.</summary>
/// <remarks>A timer ticks whatever happens, so that what happens often costs one write and no timer.</remarks>
internal sealed class Silence(Connection connection, JoChatClientOptions options) : IAsyncDisposable
{
    private const int Broken = 0, Begun = 1, Asked = 2, Suspended = 3;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isDisposed;

    // Set by the read loop, moved on by the timer.
    private int _state;

    public void Watch()
    {
        lock (_gate)
        {
            if (_isDisposed || _timer is not null) { return; }
            _timer = options.Time.CreateTimer(_ => Tick(), null, options.KeepAlive, options.KeepAlive);
        }
    }

    /// <summary>The server was heard.</summary>
    public void Break() => Volatile.Write(ref _state, Broken);

    /// <summary>It is not listened to until the next <see cref="Break"/>.</summary>
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
        switch (Interlocked.CompareExchange(ref _state, Begun, Broken))
        {
            case Begun when Interlocked.CompareExchange(ref _state, Asked, Begun) == Begun:
                _ = connection.PingAsync(); // its answer is a sign of life like any other; it cannot fail
                break;
            case Asked:
                connection.End("The server has been silent for too long.");
                break;
        }
    }
}
