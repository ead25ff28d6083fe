using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace JoChat.Actors;

/// <summary>Akka's timers on a <see cref="TimeProvider"/>, one of its timers each. While none is set it costs nothing;
/// Akka's own scheduler is a wheel that ticks every 10 ms. Akka makes it, because <c>akka.conf</c> names it.</summary>
/// <param name="config">Not used.</param>
/// <param name="log">Where a failing action is told.</param>
internal sealed class TimeProviderScheduler(Config config, ILoggingAdapter log)
    : SchedulerBase(config, log), IDateTimeOffsetNowTimeProvider, IDisposable
{
    private volatile bool _isStopped;

    /// <summary>The clock. Set it before the first timer.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public override TimeSpan MonotonicClock => Clock.GetElapsedTime(startingTimestamp: 0);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => Clock.GetUtcNow();

    /// <summary>What was scheduled and has not come is dropped.</summary>
    public void Dispose() => _isStopped = true;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        if (_isStopped || cancelable is { IsCancellationRequested: true }) { return; }
        new Scheduled(this, action, isOnce: interval == Timeout.InfiniteTimeSpan).Start(delay, interval, cancelable);
    }

    // The timer holds its state and so itself: nobody else needs to keep it.
    private sealed class Scheduled(TimeProviderScheduler scheduler, Action action, bool isOnce)
    {
        private ITimer? _timer;
        private CancellationTokenRegistration _cancellation;

        public void Start(TimeSpan delay, TimeSpan interval, ICancelable? cancelable)
        {
            // Started only when it is known to itself, or it could fire before.
            _timer = scheduler.Clock.CreateTimer(
                static state => ((Scheduled)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // A cancelled timer is given back at once: a session cancels one with each request of a guest.
            _cancellation = cancelable?.Token.UnsafeRegister(
                static state => ((Scheduled)state!)._timer!.Dispose(), this) ?? default;
            _timer.Change(delay, interval);
        }

        private void Fire()
        {
            if (isOnce || scheduler._isStopped)
            {
                _cancellation.Dispose();
                _timer!.Dispose();
            }
            if (scheduler._isStopped || _cancellation.Token.IsCancellationRequested) { return; }
            try
            {
                action();
            }
#pragma warning disable CA1031 // as Akka's own scheduler does: what is thrown here would end the process
            catch (Exception fault)
#pragma warning restore CA1031
            {
                scheduler.Log.Error(fault, "A scheduled action failed.");
            }
        }
    }
}
