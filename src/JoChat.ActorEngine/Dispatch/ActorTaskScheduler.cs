namespace JoChat.ActorEngine;

/// <summary>Runs one asynchronous handler in pieces: the first at once, in the turn of the message, and what comes
/// after each await as a system message of the actor.</summary>
internal sealed class ActorTaskScheduler(ActorCell cell, object message, IActorRef? sender) : TaskScheduler
{
    [ThreadStatic]
    private static ActorTaskScheduler? _running;

    /// <summary>The message that is being handled, as the actor must see it after each await.</summary>
    public object Message { get; } = message;

    public IActorRef? Sender { get; } = sender;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs the first piece. For the actor only, in its turn.</summary>
    public void Begin(Task piece)
    {
        var outer = _running;
        _running = this;
        piece.RunSynchronously(this);
        _running = outer;
    }

    /// <summary>Runs a piece that was queued. For the actor only, in its turn.</summary>
    public void Run(Task piece)
    {
        var outer = _running;
        _running = this;
        TryExecuteTask(piece);
        _running = outer;
    }

    protected override void QueueTask(Task task) => cell.Mailbox.EnqueueSystem(new RunContinuation(this, task));

    // What a piece of this very handler completes may go on in the same piece. Never beside the queue, though: what
    // waits there goes first.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _running == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
