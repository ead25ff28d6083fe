namespace JoChat.ActorEngine;

/// <summary>Runs the pieces of one asynchronous handler, between its awaits, as system messages of its actor.</summary>
internal sealed class ActorTaskScheduler(ActorCell cell, object? message, IActorRef? sender) : TaskScheduler
{
    /// <summary>The message that is being handled, as the actor must see it after each await.</summary>
    public object? Message { get; } = message;

    public IActorRef? Sender { get; } = sender;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>For the actor only, in its turn.</summary>
    public void Run(Task continuation) => TryExecuteTask(continuation);

    protected override void QueueTask(Task task) => cell.Mailbox.EnqueueSystem(new RunContinuation(this, task));

    // Never beside the queue: what waits there goes first.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
