using System.Runtime.ExceptionServices;

namespace JoChat.ActorEngine;

/// <summary>Asynchronous handlers: user messages wait until the whole task is done, system messages do not.</summary>
internal sealed partial class ActorCell
{
    // Null until the first asynchronous handler.
    private ActorSynchronizationContext? _awaits;

    /// <summary>Runs a handler up to its first await that has to wait, and then piece by piece as system
    /// messages.</summary>
    /// <exception cref="Exception">The handler has failed already; it is the failure of the message.</exception>
    public void RunTask<T>(Func<T, Task> handler, T message) =>
        RunTask(static (then, given) => then(given), handler, message);

    /// <inheritdoc cref="RunTask{T}(Func{T, Task}, T)"/>
    public void RunTask<TActor, T>(Func<TActor, T, Task> handler, TActor actor, T message)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_awaits ??= new ActorSynchronizationContext(this));
        try
        {
            var running = handler(actor, message);
            if (running.IsCompletedSuccessfully) { return; }
            if (running.IsCompleted) { ExceptionDispatchInfo.Throw(FailureOf(running)); }
            Await(running);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Await(Task running)
    {
        (_awaits!.Message, _awaits.Sender) = (_message, _sender);
        // Again, since a handler that is no async method may have left another one.
        SynchronizationContext.SetSynchronizationContext(_awaits);
        var isOnly = !Mailbox.IsHandling;
        Mailbox.BeginHandler();
        if (isOnly) { AwaitOnly(running); }
        else { AwaitToo(running); }
    }

    // The rule, for which the continuation is made once in an actor's life.
    private void AwaitOnly(Task running)
    {
        _awaits!.Running = running;
        running.GetAwaiter().UnsafeOnCompleted(_awaits.WhenDone ??= OnlyHandlerDone);
    }

    private void AwaitToo(Task running) => running.GetAwaiter().UnsafeOnCompleted(() => HandlerDone(running));

    // A piece dropped by a stopped actor is never run: what comes after its await is lost with it.
    private void RunPiece(RunContinuation piece)
    {
        (_message, _sender) = (_awaits!.Message, _awaits.Sender);
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_awaits);
        try
        {
            piece.Run();
        }
#pragma warning disable CA1031 // an async void method that the handler has called has failed: the actor's failure
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(failure, _self);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }

        Forget();
    }

    private void OnlyHandlerDone()
    {
        var finished = _awaits!.Running!;
        _awaits.Running = null;
        HandlerDone(finished);
    }

    private void HandlerDone(Task finished)
    {
        Mailbox.EndHandler();
        if (finished.IsCompletedSuccessfully) { RestartReceiveTimeout(); }
        else { Fail(FailureOf(finished), _self); }
        if (!Mailbox.IsHandling) { _awaits!.Message = _awaits.Sender = null; }
    }

    private static Exception FailureOf(Task task) => task.Exception switch
    {
        null => new TaskCanceledException(task),
        { InnerExceptions: [var only] } => only,
        var several => several,
    };
}
