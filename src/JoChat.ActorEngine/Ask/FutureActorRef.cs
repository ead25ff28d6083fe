namespace JoChat.ActorEngine;

/// <summary>Stands for the asker of one question: the first message told to it is the answer.</summary>
internal sealed class FutureActorRef(LocalActorSystem system) : InternalActorRef
{
    // Never run on the thread that answers: it is an actor's.
    private readonly TaskCompletionSource<object?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorPath? _path;

    // Most questions are answered without anyone asking for the path.
    public override ActorPath Path =>
        _path ?? Interlocked.CompareExchange(ref _path, system.NextTemporaryPath(), null) ?? _path;

    public override LocalActorSystem System => system;

    public Task<object?> Answer => _answer.Task;

    public override void Tell(object message, IActorRef? sender)
    {
        if (!_answer.TrySetResult(message)) { system.DeadLetterBox.Publish(message, sender, this); }
    }

    public void TimeOut(TimeSpan timeout) =>
        _answer.TrySetException(new AskTimeoutException($"No answer came within {timeout.TotalSeconds} seconds."));

    public void Cancel(CancellationToken cancellation) => _answer.TrySetCanceled(cancellation);

    /// <summary>Watched, it dies with its answer.</summary>
    public override void SendSystem(SystemMessage message)
    {
        if (message is Watch watch)
        {
            Answer.ContinueWith(
                _ => watch.Watcher.SendSystem(new DeathWatchNotification(this, existenceConfirmed: true)),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
