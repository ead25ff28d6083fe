using System.Threading.Channels;

namespace JoChat.Client.Tests;

/// <summary>A clock that stands still until the test moves it.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Channel<bool> _set = Channel.CreateUnbounded<bool>();
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate) { return _now.Ticks; }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires every timer that is set, whatever its time.</summary>
    public void FireTimers() => Advance(TimeSpan.FromDays(1));

    /// <summary>Moves the clock. A timer that is due fires once.</summary>
    public void Advance(TimeSpan time)
    {
        ManualTimer[] due;
        lock (_gate)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            foreach (var timer in due) { timer.Restart(); }
        }
        foreach (var timer in due) { timer.Fire(); }
    }

    /// <summary>Moves the clock again and again, whenever a timer is set, until something has happened.</summary>
    public async Task AdvanceUntilAsync(Task happened, TimeSpan step)
    {
        while (!happened.IsCompleted)
        {
            Advance(step);
            await Task.WhenAny(happened, _set.Reader.ReadAsync().AsTask().OrFail());
        }
        await happened;
    }

    private sealed class ManualTimer(ManualTimeProvider time, Action fire) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public void Restart()
        {
            if (_period > TimeSpan.Zero) { Due += _period; }
            else { time._timers.Remove(this); }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime < TimeSpan.Zero) { return true; }
                (Due, _period) = (time._now + dueTime, period);
                time._timers.Add(this);
            }
            time._set.Writer.TryWrite(true);
            return true;
        }

        public void Dispose()
        {
            lock (time._gate) { time._timers.Remove(this); }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
