#nullable disable annotations
using System.Diagnostics.CodeAnalysis;

namespace JoChat.ActorEngine;

/// <summary>Telling an actor the outcome of a task: the result as it is, a failure or cancellation as
/// <see cref="Status.Failure"/>.</summary>
public static class PipeToSupport
{
    /// <summary>Tells the result.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="taskToPipe">Awaited here; nobody else needs to.</param>
    /// <param name="recipient">Who is told.</param>
    /// <param name="sender">Who it comes from; null for no one.</param>
    /// <param name="success">Makes the message from the result; null tells the result itself.</param>
    /// <param name="failure">Makes the message from the exception; null tells <see cref="Status.Failure"/>.</param>
    /// <returns>Completes, and never fails, when the message is told.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Every failure of the task is told, not thrown.")]
    public static async Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<T, object> success = null,
        Func<Exception, object> failure = null)
    {
        object outcome;
        try
        {
            var result = await taskToPipe.ConfigureAwait(false);
            outcome = success is null ? result : success(result);
        }
        catch (Exception exception)
        {
            outcome = failure is null ? new Status.Failure(exception) : failure(exception);
        }

        recipient.Tell(outcome, sender);
    }

    /// <summary>Tells that the task is done, if <paramref name="success"/> is given, or that it failed.</summary>
    /// <param name="taskToPipe">Awaited here; nobody else needs to.</param>
    /// <param name="recipient">Who is told.</param>
    /// <param name="sender">Who it comes from; null for no one.</param>
    /// <param name="success">Makes the message; null tells nothing.</param>
    /// <param name="failure">Makes the message from the exception; null tells <see cref="Status.Failure"/>.</param>
    /// <returns>Completes, and never fails, when the message is told.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Every failure of the task is told, not thrown.")]
    public static async Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<object> success = null,
        Func<Exception, object> failure = null)
    {
        try
        {
            await taskToPipe.ConfigureAwait(false);
            if (success is not null) { recipient.Tell(success(), sender); }
        }
        catch (Exception exception)
        {
            recipient.Tell(failure is null ? new Status.Failure(exception) : failure(exception), sender);
        }
    }

    /// <summary>Tells the result.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="taskToPipe">Awaited here, and must not be awaited by anyone else.</param>
    /// <param name="recipient">Who is told.</param>
    /// <param name="sender">Who it comes from; null for no one.</param>
    /// <param name="success">Makes the message from the result; null tells the result itself.</param>
    /// <param name="failure">Makes the message from the exception; null tells <see cref="Status.Failure"/>.</param>
    /// <returns>Completes, and never fails, when the message is told.</returns>
    public static Task PipeTo<T>(
        this ValueTask<T> taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<T, object> success = null,
        Func<Exception, object> failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, sender, success, failure);

    /// <summary>Tells that the task is done, if <paramref name="success"/> is given, or that it failed.</summary>
    /// <param name="taskToPipe">Awaited here, and must not be awaited by anyone else.</param>
    /// <param name="recipient">Who is told.</param>
    /// <param name="sender">Who it comes from; null for no one.</param>
    /// <param name="success">Makes the message; null tells nothing.</param>
    /// <param name="failure">Makes the message from the exception; null tells <see cref="Status.Failure"/>.</param>
    /// <returns>Completes, and never fails, when the message is told.</returns>
    public static Task PipeTo(
        this ValueTask taskToPipe,
        ICanTell recipient,
        IActorRef sender = null,
        Func<object> success = null,
        Func<Exception, object> failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, sender, success, failure);
}
