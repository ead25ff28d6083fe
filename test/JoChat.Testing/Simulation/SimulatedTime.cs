namespace JoChat.Testing;

/// <summary>A clock that moves only when it is told to, from timer to timer: each fires at its own due time, of those
/// due at the same time the one that was set first. (FakeTimeProvider moves to the end first, so a timer that another
/// one sets on the way would be late.)</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly Lock _lock = new();

    private readonly SortedSet<SimulatedTimer> _timers = new(Comparer<SimulatedTimer>.Create(
        (one, other) => (one.Due, one.Number).CompareTo((other.Due, other.Number))));

    private TimeSpan _now;
    private long _timersSet;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock) { return _now.Ticks; }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer and fires it; if none is due until <paramref name="end"/>, moves there.
    /// </summary>
    /// <returns>False if none was due.</returns>
    public bool FireNext(DateTimeOffset end)
    {
        if (TakeNext(end - DateTimeOffset.UnixEpoch) is not { } timer) { return false; }
        timer.Fire();
        return true;
    }

    private SimulatedTimer? TakeNext(TimeSpan end)
    {
        lock (_lock)
        {
            if (_timers.Min is not { } next || next.Due > end)
            {
                _now = end;
                return null;
            }
            _now = next.Due;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero) { Set(next, next.Due + next.Period); }
            return next;
        }
    }

    // The timer must not be in the set: its place there depends on what changes here.
    private void Set(SimulatedTimer timer, TimeSpan due)
    {
        (timer.Due, timer.Number) = (due, _timersSet++);
        _timers.Add(timer);
    }

    private sealed class SimulatedTimer(SimulatedTime time, Action fire) : ITimer
    {
        public TimeSpan Due { get; set; }

        public long Number { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                Period = period;
                if (dueTime >= TimeSpan.Zero) { time.Set(this, time._now + dueTime); }
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
