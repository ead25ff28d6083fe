namespace JoChat.ActorEngine;

/// <summary>Brings what comes after an await in an asynchronous handler back to the actor, as a system message. One
/// for each actor that has such handlers.</summary>
/// <remarks>Not a <see cref="TaskScheduler"/>, though awaits find their way back through one too: that would cost a
/// task for each message, also for a handler that never waits.</remarks>
internal sealed class ActorSynchronizationContext(ActorCell cell) : SynchronizationContext
{
    /// <summary>What the running handler handles, as the actor must see it after each await.</summary>
    public object? Message { get; set; }

    public IActorRef? Sender { get; set; }

    /// <summary>The running handler's task, unless it began while another handler was running.</summary>
    public Task? Running { get; set; }

    /// <summary>What is to be done when <see cref="Running"/> has ended.</summary>
    public Action? WhenDone { get; set; }

    public override void Post(SendOrPostCallback d, object? state) =>
        cell.Mailbox.EnqueueSystem(new RunContinuation(d, state));

    public override SynchronizationContext CreateCopy() => this;
}
