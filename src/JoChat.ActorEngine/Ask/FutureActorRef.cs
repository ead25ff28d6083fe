namespace JoChat.ActorEngine;

/// <summary>Stands for the asker of one question: the first message told to it is the answer.</summary>
internal abstract class FutureActorRef(LocalActorSystem system) : InternalActorRef
{
    private ActorPath? _path;

    // Most questions are answered without anyone asking for the path.
    public sealed override ActorPath Path =>
        _path ?? Interlocked.CompareExchange(ref _path, system.NextTemporaryPath(), null) ?? _path;

    public sealed override LocalActorSystem System => system;

    protected abstract Task End { get; }

    /// <summary>Watched, it dies with its answer.</summary>
    public sealed override void SendSystem(SystemMessage message)
    {
        if (message is Watch watch)
        {
            End.ContinueWith(
                _ => watch.Watcher.SendSystem(new DeathWatchNotification(this, existenceConfirmed: true)),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}

/// <summary>Awaits an answer of one type.</summary>
internal sealed class FutureActorRef<T>(LocalActorSystem system) : FutureActorRef(system)
{
    // What waits is never run on the thread that answers: it is an actor's.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? _alarm;
    private IDisposable? _cancelling;

    public Task<T> Answer => _answer.Task;

    protected override Task End => _answer.Task;

    public override void Tell(object message, IActorRef? sender)
    {
        if (!TryEnd(message)) { System.DeadLetterBox.Publish(message, sender, this); }
        Release();
    }

    /// <summary>Ends the wait for an answer that does not come. Called once, when the question is told.</summary>
    /// <param name="patience">How long to wait; negative for ever.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    public void GiveUpAfter(TimeSpan patience, CancellationToken cancellation)
    {
        if (Answer.IsCompleted) { return; }
        if (patience >= TimeSpan.Zero)
        {
            Interlocked.Exchange(ref _alarm, System.Clock.Start(patience, null, () => TimeOut(patience)));
        }

        if (cancellation.CanBeCanceled)
        {
            Interlocked.Exchange(ref _cancelling, cancellation.UnsafeRegister(
                static (asker, token) => ((FutureActorRef<T>)asker!).Cancel(token), this));
        }

        // The fence in Exchange: either the answer sees what there is to release, or we see the answer.
        if (Answer.IsCompleted) { Release(); }
    }

    /// <returns>False if the message answers nothing.</returns>
    private bool TryEnd(object message)
    {
        switch (message)
        {
            case T typed:
                return _answer.TrySetResult(typed);
            case null:
                return _answer.TrySetResult(default!);
            case Status.Failure { Cause: { } cause }:
                return _answer.TrySetException(cause);
            default:
                _answer.TrySetException(new ArgumentException(
                    $"An answer of type {typeof(T)} was expected, but {message.GetType()} came."));
                return false;
        }
    }

    private void TimeOut(TimeSpan patience)
    {
        _answer.TrySetException(new AskTimeoutException($"No answer came within {patience.TotalSeconds} seconds."));
        Release();
    }

    private void Cancel(CancellationToken cancellation)
    {
        _answer.TrySetCanceled(cancellation);
        Release();
    }

    // Or a token, or the clock, that lives long would keep every question that was ever asked with it.
    private void Release()
    {
        Volatile.Read(ref _alarm)?.Dispose();
        Volatile.Read(ref _cancelling)?.Dispose();
    }
}
