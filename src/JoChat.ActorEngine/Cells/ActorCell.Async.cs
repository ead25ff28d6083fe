using System.Runtime.ExceptionServices;

namespace JoChat.ActorEngine;

/// <summary>Asynchronous handlers: user messages wait until the whole task is done, system messages do not.</summary>
internal sealed partial class ActorCell
{
    /// <summary>Runs a handler up to its first await that has to wait, and then piece by piece as system
    /// messages.</summary>
    /// <exception cref="Exception">The handler has failed already; it is the failure of the message.</exception>
    public void RunTask(Func<Task> handler)
    {
        var scheduler = new ActorTaskScheduler(this, _message!, _sender);
        var beginning = new Task<Task>(handler, TaskCreationOptions.DenyChildAttach);
        scheduler.Begin(beginning);
        // Waits for nothing: it has just run.
        var running = beginning.GetAwaiter().GetResult();
        if (running.IsCompletedSuccessfully) { return; }
        if (running.IsCompleted) { ExceptionDispatchInfo.Throw(FailureOf(running)); }
        Mailbox.BeginHandler();
        running.ContinueWith(
            finished => HandlerDone(finished, scheduler),
            CancellationToken.None,
            TaskContinuationOptions.DenyChildAttach | TaskContinuationOptions.ExecuteSynchronously,
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
