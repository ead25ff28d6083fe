#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Short forms of the scheduler's methods.</summary>
public static class SchedulerExtensions
{
    /// <summary>Tells a message once, unless cancelled before.</summary>
    /// <param name="scheduler">The system's scheduler.</param>
    /// <param name="delay">How long to wait, ≥ 0.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <returns>Takes the message back.</returns>
    public static ICancelable ScheduleTellOnceCancelable(
        this IScheduler scheduler, TimeSpan delay, ICanTell receiver, object message, IActorRef sender)
    {
        var cancelable = new Cancelable(scheduler);
        scheduler.ScheduleTellOnce(delay, receiver, message, sender, cancelable);
        return cancelable;
    }

    /// <summary>Tells a message again and again until cancelled.</summary>
    /// <param name="scheduler">The system's scheduler.</param>
    /// <param name="initialDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="interval">How long to wait between two times, positive.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <returns>Ends it.</returns>
    public static ICancelable ScheduleTellRepeatedlyCancelable(
        this IScheduler scheduler,
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender)
    {
        var cancelable = new Cancelable(scheduler);
        scheduler.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);
        return cancelable;
    }

    /// <summary>Tells a message once.</summary>
    /// <param name="scheduler">The system's scheduler.</param>
    /// <param name="millisecondsDelay">How long to wait, ≥ 0.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <param name="cancelable">Takes the message back; may be null.</param>
    public static void ScheduleTellOnce(
        this ITellScheduler scheduler,
        int millisecondsDelay,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable = null) =>
        scheduler.ScheduleTellOnce(
            TimeSpan.FromMilliseconds(millisecondsDelay), receiver, message, sender, cancelable);

    /// <summary>Tells a message again and again.</summary>
    /// <param name="scheduler">The system's scheduler.</param>
    /// <param name="initialMillisecondsDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="millisecondsInterval">How long to wait between two times, positive.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <param name="cancelable">Ends it; may be null.</param>
    public static void ScheduleTellRepeatedly(
        this ITellScheduler scheduler,
        int initialMillisecondsDelay,
        int millisecondsInterval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable = null) =>
        scheduler.ScheduleTellRepeatedly(
            TimeSpan.FromMilliseconds(initialMillisecondsDelay),
            TimeSpan.FromMilliseconds(millisecondsInterval),
            receiver,
            message,
            sender,
            cancelable);

    /// <summary>Tells a message once, unless cancelled before.</summary>
    /// <param name="scheduler">The system's scheduler.</param>
    /// <param name="millisecondsDelay">How long to wait, ≥ 0.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <returns>Takes the message back.</returns>
    public static ICancelable ScheduleTellOnceCancelable(
        this IScheduler scheduler, int millisecondsDelay, ICanTell receiver, object message, IActorRef sender) =>
        scheduler.ScheduleTellOnceCancelable(
            TimeSpan.FromMilliseconds(millisecondsDelay), receiver, message, sender);

    /// <summary>Tells a message again and again until cancelled.</summary>
    /// <param name="scheduler">The system's scheduler.</param>
    /// <param name="initialMillisecondsDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="millisecondsInterval">How long to wait between two times, positive.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <returns>Ends it.</returns>
    public static ICancelable ScheduleTellRepeatedlyCancelable(
        this IScheduler scheduler,
        int initialMillisecondsDelay,
        int millisecondsInterval,
        ICanTell receiver,
        object message,
        IActorRef sender) =>
        scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.FromMilliseconds(initialMillisecondsDelay),
            TimeSpan.FromMilliseconds(millisecondsInterval),
            receiver,
            message,
            sender);

    /// <summary>Runs an action once.</summary>
    /// <param name="scheduler">The advanced scheduler.</param>
    /// <param name="millisecondsDelay">How long to wait, ≥ 0.</param>
    /// <param name="action">Must not touch an actor's state.</param>
    /// <param name="cancelable">Takes the action back; may be null.</param>
    public static void ScheduleOnce(
        this IActionScheduler scheduler, int millisecondsDelay, Action action, ICancelable cancelable = null) =>
        scheduler.ScheduleOnce(TimeSpan.FromMilliseconds(millisecondsDelay), action, cancelable);

    /// <summary>Runs an action again and again.</summary>
    /// <param name="scheduler">The advanced scheduler.</param>
    /// <param name="initialMillisecondsDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="millisecondsInterval">How long to wait between two times, positive.</param>
    /// <param name="action">Must not touch an actor's state.</param>
    /// <param name="cancelable">Ends it; may be null.</param>
    public static void ScheduleRepeatedly(
        this IActionScheduler scheduler,
        int initialMillisecondsDelay,
        int millisecondsInterval,
        Action action,
        ICancelable cancelable = null) =>
        scheduler.ScheduleRepeatedly(
            TimeSpan.FromMilliseconds(initialMillisecondsDelay),
            TimeSpan.FromMilliseconds(millisecondsInterval),
            action,
            cancelable);
}
