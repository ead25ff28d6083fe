namespace JoChat.Client.Tests;

/// <summary>A clock whose timers fire when the test says so, whatever their due time.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(callback, state);
        lock (_timers) { _timers.Add(timer); }
        return timer;
    }

    /// <summary>Fires every timer that is still wanted.</summary>
    public void FireTimers()
    {
        ManualTimer[] due;
        lock (_timers) { due = [.. _timers]; }
        foreach (var timer in due) { timer.Fire(); }
    }

    private sealed class ManualTimer(TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _isDisposed;

        public void Fire()
        {
            if (!_isDisposed) { callback(state); }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_isDisposed;

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
