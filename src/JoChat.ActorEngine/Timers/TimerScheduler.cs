namespace JoChat.ActorEngine;

/// <summary>The timers of one actor. Belongs to the thread that runs the actor.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerFired> _active = [];

    public IReadOnlyCollection<object> ActiveTimers => _active.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        Start(key, msg, interval, interval, null);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef? sender) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, null);

    public void StartPeriodicTimer(
        object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef? sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null, null);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef? sender) =>
        Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _active.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_active.Remove(key, out var timer)) { timer.Work?.Dispose(); }
    }

    public void CancelAll()
    {
        foreach (var timer in _active.Values) { timer.Work?.Dispose(); }
        _active.Clear();
    }

    /// <summary>Whether this is still the timer of its key; a single one is then over.</summary>
    public bool Accept(TimerFired fired)
    {
        if (!_active.TryGetValue(fired.Key, out var current) || current != fired) { return false; }
        if (fired.IsSingle) { _active.Remove(fired.Key); }
        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        var timer = new TimerFired(key, message, isSingle: interval is null);
        timer.Work = cell.System.Clock.Start(delay, interval, () => cell.Self.Tell(timer, sender));
        _active[key] = timer;
    }
}

/// <summary>What a timer puts into the mailbox of its actor; it is also the timer's identity.</summary>
internal sealed class TimerFired(object key, object message, bool isSingle)
    : IAutoReceivedMessage, IDeadLetterSuppression
{
    public object Key { get; } = key;

    public object Message { get; } = message;

    public bool IsSingle { get; } = isSingle;

    /// <summary>Ends the timer when disposed.</summary>
    public IDisposable? Work { get; set; }

    public bool IsCurrent(TimerScheduler? timers) => timers?.Accept(this) == true;
}
