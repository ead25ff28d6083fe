#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Tells messages later.</summary>
public interface ITellScheduler
{
    /// <summary>Tells a message once.</summary>
    /// <param name="delay">How long to wait, ≥ 0.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender);

    /// <summary>Tells a message once, unless cancelled before.</summary>
    /// <param name="delay">How long to wait, ≥ 0.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <param name="cancelable">Takes the message back; may be null.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable);

    /// <summary>Tells a message again and again.</summary>
    /// <param name="initialDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="interval">How long to wait between two times, positive.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender);

    /// <summary>Tells a message again and again until cancelled.</summary>
    /// <param name="initialDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="interval">How long to wait between two times, positive.</param>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    /// <param name="sender">May be null.</param>
    /// <param name="cancelable">Ends it; may be null.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable);
}

/// <summary>Runs actions later, outside of any actor. Telling a message is nearly always better.</summary>
public interface IActionScheduler
{
    /// <summary>Runs an action once, unless cancelled before.</summary>
    /// <param name="delay">How long to wait, ≥ 0.</param>
    /// <param name="action">Must not touch an actor's state.</param>
    /// <param name="cancelable">Takes the action back; may be null.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable);

    /// <summary>Runs an action once.</summary>
    /// <param name="delay">How long to wait, ≥ 0.</param>
    /// <param name="action">Must not touch an actor's state.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Runs an action again and again until cancelled.</summary>
    /// <param name="initialDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="interval">How long to wait between two times, positive.</param>
    /// <param name="action">Must not touch an actor's state.</param>
    /// <param name="cancelable">Ends it; may be null.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable);

    /// <summary>Runs an action again and again.</summary>
    /// <param name="initialDelay">How long to wait before the first time, ≥ 0.</param>
    /// <param name="interval">How long to wait between two times, positive.</param>
    /// <param name="action">Must not touch an actor's state.</param>
    /// <exception cref="SchedulerException">The system has terminated.</exception>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);
}

/// <summary>The part of the scheduler that runs actions.</summary>
public interface IAdvancedScheduler : IActionScheduler;

/// <summary>The system's clock and alarm.</summary>
public interface IScheduler : ITellScheduler
{
    /// <summary>The time of day.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Runs actions instead of telling messages.</summary>
    IAdvancedScheduler Advanced { get; }
}
