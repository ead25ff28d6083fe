namespace JoChat.ActorEngine;

/// <summary>Tells its actor <see cref="ReceiveTimeout"/> once it was idle long enough.</summary>
/// <remarks>A message only notes the time; the timer looks at that when it fires and sleeps on for the rest. So a
/// busy actor does not move a timer for each message.</remarks>
internal sealed class IdleTimer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly InternalActorRef _owner;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _isRunning;
    private bool _isDisposed;

    // Written by the actor, read by the timer.
    private long _lastActivity;

    public IdleTimer(InternalActorRef owner, TimeSpan timeout, TimeProvider time)
    {
        _owner = owner;
        _time = time;
        Timeout = timeout;
        _timer = time.CreateTimer(
            static state => ((IdleTimer)state!).Fire(),
            this,
            global::System.Threading.Timeout.InfiniteTimeSpan,
            global::System.Threading.Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Timeout { get; }

    public bool IsRunning => Volatile.Read(ref _isRunning);

    /// <summary>The actor has handled a message: its idleness begins anew.</summary>
    public void Restart()
    {
        Volatile.Write(ref _lastActivity, _time.GetTimestamp());
        if (IsRunning) { return; }
        lock (_lock)
        {
            _isRunning = true;
            Sleep(Timeout);
        }
    }

    public void Dispose()
    {
        lock (_lock) { _isDisposed = true; }
        _timer.Dispose();
    }

    private void Fire()
    {
        lock (_lock)
        {
            if (_isDisposed) { return; }
            var rest = Timeout - _time.GetElapsedTime(Volatile.Read(ref _lastActivity));
            if (rest > TimeSpan.Zero)
            {
                Sleep(rest);
                return;
            }

            Volatile.Write(ref _isRunning, false);
        }

        _owner.Tell(ReceiveTimeout.Instance, _owner);
    }

    // Timers count whole milliseconds; a fraction would wake us too early, again and again.
    private void Sleep(TimeSpan time) =>
        _timer.Change(
            TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)),
            global::System.Threading.Timeout.InfiniteTimeSpan);
}
