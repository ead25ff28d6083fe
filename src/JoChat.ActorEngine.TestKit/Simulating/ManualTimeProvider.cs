namespace JoChat.ActorEngine.TestKit;

/// <summary>Time that passes when a test says so; timers run on the thread that says it, the earliest first, of those
/// due at the same time the one that was set first.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();

    // Those that are to fire, the next one first.
    private readonly SortedSet<ManualTimer> _timers = new(Comparer<ManualTimer>.Create(
        (one, other) => (one.Due, one.Turn).CompareTo((other.Due, other.Turn))));

    private TimeSpan _now;
    private long _turns;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are to fire.</summary>
    public int ActiveTimers
    {
        get { lock (_lock) { return _timers.Count; } }
    }

    public override long GetTimestamp()
    {
        lock (_lock) { return _now.Ticks; }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="time">How much, ≥ 0.</param>
    /// <param name="afterEach">Called after each timer that fires on the way.</param>
    public void Advance(TimeSpan time, Action? afterEach = null)
    {
        TimeSpan end;
        lock (_lock) { end = _now + time; }
        while (TakeNext(end) is { } timer)
        {
            timer.Fire();
            afterEach?.Invoke();
        }

        lock (_lock) { _now = end; }
    }

    private ManualTimer? TakeNext(TimeSpan end)
    {
        lock (_lock)
        {
            if (_timers.Min is not { } next || next.Due > end) { return null; }
            _now = next.Due > _now ? next.Due : _now;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero) { Set(next, next.Due + next.Period); }
            return next;
        }
    }

    // For one that is not in the set: its place there must not change.
    private void Set(ManualTimer timer, TimeSpan due)
    {
        (timer.Due, timer.Turn) = (due, _turns++);
        _timers.Add(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider time, Action fire) : ITimer
    {
        public TimeSpan Due { get; set; }

        /// <summary>Tells apart those that are due at the same time.</summary>
        public long Turn { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime < TimeSpan.Zero) { return true; }
                Period = period;
                time.Set(this, time._now + dueTime);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._lock) { time._timers.Remove(this); }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
