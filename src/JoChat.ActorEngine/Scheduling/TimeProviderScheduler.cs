namespace JoChat.ActorEngine;

/// <summary>The scheduler on top of a <see cref="TimeProvider"/>: one timer of it for each piece of work.</summary>
internal sealed class TimeProviderScheduler(TimeProvider time, Action<Exception> onFailure)
    : IScheduler, IAdvancedScheduler
{
    private volatile bool _isStopped;

    public DateTimeOffset Now => time.GetUtcNow();

    public IAdvancedScheduler Advanced => this;

    /// <summary>Lets nothing that is scheduled run any more, and takes nothing new.</summary>
    public void Stop() => _isStopped = true;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        Start(delay, null, () => receiver.Tell(message, sender), null);

    public void ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Start(delay, null, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        Start(initialDelay, interval, () => receiver.Tell(message, sender), null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef? sender,
        ICancelable? cancelable) =>
        Start(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Start(delay, null, action, cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => Start(delay, null, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Start(initialDelay, interval, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        Start(initialDelay, interval, action, null);

    /// <summary>Schedules work that is taken back by disposing what is returned.</summary>
    /// <param name="delay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="interval">How long to wait between two times; null for work that is done once.</param>
    /// <param name="action">Runs on a thread of the pool.</param>
    public IDisposable Start(TimeSpan delay, TimeSpan? interval, Action action)
    {
        if (_isStopped) { throw new SchedulerException("The actor system has terminated; nothing can be scheduled."); }
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (interval <= TimeSpan.Zero) { throw new ArgumentOutOfRangeException(nameof(interval), interval, null); }
        return new Work(this, action, delay, interval);
    }

    private void Start(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true }) { return; }
        var work = Start(delay, interval, action);
        if (cancelable is not null) { ((Work)work).EndWith(cancelable.Token); }
    }

    private sealed class Work : IDisposable
    {
        private readonly TimeProviderScheduler _scheduler;
        private readonly Action _action;
        private readonly bool _isOnce;
        private readonly ITimer _timer;
        private CancellationTokenRegistration _cancelling;
        private volatile bool _isDisposed;

        public Work(TimeProviderScheduler scheduler, Action action, TimeSpan delay, TimeSpan? interval)
        {
            _scheduler = scheduler;
            _action = action;
            _isOnce = interval is null;
            // Started when the field is set, since the first run may be at once. The timer keeps this object alive.
            _timer = scheduler.CreateTimer(static work => ((Work)work!).Run(), this);
            _timer.Change(delay, interval ?? Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _isDisposed = true;
            _timer.Dispose();
            _cancelling.Unregister();
        }

        /// <summary>Disposes the work with the token; one that is done is forgotten by it.</summary>
        public void EndWith(CancellationToken token)
        {
            _cancelling = token.UnsafeRegister(static work => ((Work)work!).Dispose(), this);
            if (_isDisposed) { _cancelling.Unregister(); }
        }

#pragma warning disable CA1031 // a scheduled action that throws must not end the process, nor its own repetition
        private void Run()
        {
            if (_isDisposed) { return; }
            if (_isOnce || _scheduler._isStopped) { Dispose(); }
            if (_scheduler._isStopped) { return; }
            try
            {
                _action();
            }
            catch (Exception failure)
            {
                _scheduler.Report(failure);
            }
        }
#pragma warning restore CA1031
    }

    private ITimer CreateTimer(TimerCallback callback, object state) =>
        time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Report(Exception failure) => onFailure(failure);
}
