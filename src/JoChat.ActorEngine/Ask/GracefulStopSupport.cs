#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Awaiting the end of an actor from outside of actors.</summary>
public static class GracefulStopSupport
{
    /// <summary>Stops an actor after what it has queued, and awaits its end.</summary>
    /// <param name="target">Who is to stop.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>True when it is gone; false if it was not in time.</returns>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Has an actor stop itself, and awaits its end.</summary>
    /// <param name="target">Who is to stop.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="stopMessage">Told to it; it stops when it handles that.</param>
    /// <returns>True when it is gone; false if it was not in time.</returns>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var reference = InternalActorRef.Of(target);
        var watching = BeginWatch(reference);
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await watching.Death.WaitAsync(timeout, reference.System.Time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            reference.SendSystem(new Unwatch(watching));
            return false;
        }
    }

    /// <summary>Awaits the end of an actor.</summary>
    /// <param name="target">Who is awaited.</param>
    /// <param name="token">Ends the wait.</param>
    /// <returns>True when it is gone; false if the wait was cancelled.</returns>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var reference = InternalActorRef.Of(target);
        var watching = BeginWatch(reference);
        try
        {
            await watching.Death.WaitAsync(token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            reference.SendSystem(new Unwatch(watching));
            return false;
        }
    }

    private static WatchingRef BeginWatch(InternalActorRef target)
    {
        var watching = new WatchingRef(target.System);
        target.SendSystem(new Watch(target, watching));
        return watching;
    }
}
