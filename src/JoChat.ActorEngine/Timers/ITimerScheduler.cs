#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Given to an actor that wants timers; <see cref="Timers"/> is set before its constructor runs.</summary>
public interface IWithTimers
{
    /// <summary>The actor's timers; set by the engine.</summary>
    ITimerScheduler Timers { get; set; }
}

/// <summary>The timers of one actor. All end with the instance; a message of a timer that was cancelled or replaced
/// is never
/// delivered, even if it was in the mailbox already.</summary>
public interface ITimerScheduler
{
    /// <summary>The keys of the timers that are running.</summary>
    IReadOnlyCollection<object> ActiveTimers { get; }

    /// <summary>Tells the actor a message at each interval, the first time after one.</summary>
    /// <param name="key">Replaces the timer of that key.</param>
    /// <param name="msg">Told to the actor.</param>
    /// <param name="interval">Positive.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Tells the actor a message at each interval, the first time after one.</summary>
    /// <param name="key">Replaces the timer of that key.</param>
    /// <param name="msg">Told to the actor.</param>
    /// <param name="interval">Positive.</param>
    /// <param name="sender">Who the message comes from.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    /// <summary>Tells the actor a message after a delay and then at each interval.</summary>
    /// <param name="key">Replaces the timer of that key.</param>
    /// <param name="msg">Told to the actor.</param>
    /// <param name="initialDelay">≥ 0.</param>
    /// <param name="interval">Positive.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>Tells the actor a message after a delay and then at each interval.</summary>
    /// <param name="key">Replaces the timer of that key.</param>
    /// <param name="msg">Told to the actor.</param>
    /// <param name="initialDelay">≥ 0.</param>
    /// <param name="interval">Positive.</param>
    /// <param name="sender">Who the message comes from.</param>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    /// <summary>Tells the actor a message once. While that is handled, the timer is no longer active.</summary>
    /// <param name="key">Replaces the timer of that key.</param>
    /// <param name="msg">Told to the actor.</param>
    /// <param name="timeout">≥ 0.</param>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>Tells the actor a message once. While that is handled, the timer is no longer active.</summary>
    /// <param name="key">Replaces the timer of that key.</param>
    /// <param name="msg">Told to the actor.</param>
    /// <param name="timeout">≥ 0.</param>
    /// <param name="sender">Who the message comes from.</param>
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    /// <summary>Whether a timer of that key is running.</summary>
    /// <param name="key">The timer's key.</param>
    bool IsTimerActive(object key);

    /// <summary>Ends the timer of that key, if there is one.</summary>
    /// <param name="key">The timer's key.</param>
    void Cancel(object key);

    /// <summary>Ends all timers.</summary>
    void CancelAll();
}
