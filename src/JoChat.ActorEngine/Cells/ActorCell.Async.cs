namespace JoChat.ActorEngine;

/// <summary>Asynchronous handlers: user messages wait until the whole task is done, system messages do not.</summary>
internal sealed partial class ActorCell
{
    /// <summary>Runs a handler, piece by piece between its awaits, as system messages.</summary>
    public void RunTask(Func<Task> handler)
    {
        var scheduler = new ActorTaskScheduler(this, _message, _sender);
        Mailbox.BeginHandler();
        var running = Task.Factory
            .StartNew(handler, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler)
            .Unwrap();
        running.ContinueWith(
            finished => HandlerDone(finished, scheduler),
            CancellationToken.None,
            TaskContinuationOptions.DenyChildAttach,
            scheduler);
    }

    // A task dropped by a stopped actor is never run: what comes after its await is lost with it.
    private void RunPiece(RunContinuation piece)
    {
        _message = piece.Scheduler.Message;
        _sender = piece.Scheduler.Sender;
        piece.Scheduler.Run(piece.Continuation);
        Forget();
    }

    private void HandlerDone(Task finished, ActorTaskScheduler scheduler)
    {
        _message = scheduler.Message;
        _sender = scheduler.Sender;
        Mailbox.EndHandler();
        if (finished.IsCompletedSuccessfully) { RestartReceiveTimeout(); }
        else { Fail(FailureOf(finished), _self); }
    }

    private static Exception FailureOf(Task task) => task.Exception switch
    {
        null => new TaskCanceledException(task),
        { InnerExceptions: [var only] } => only,
        var several => several,
    };
}
