#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>A tree of actors with all they need: dispatchers, scheduler, event stream. Any number of systems fit into a
/// process.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private protected ActorSystem()
    {
    }

    /// <summary>Letters, digits and hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>Carries dead letters, unhandled messages, log events and whatever is published.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that nobody will handle.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Tells messages later.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>Logs for the system as a whole.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>What was configured.</summary>
    public abstract Settings Settings { get; }

    /// <summary>Completes when the system has terminated.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>Since when the system runs, in UTC, as ticks of a time span.</summary>
    public abstract TimeSpan StartTime { get; }

    /// <summary>How long the system has been running.</summary>
    public abstract TimeSpan Uptime { get; }

    /// <summary>Starts a system without configuration.</summary>
    /// <param name="name">Letters, digits and hyphens, not starting with a hyphen.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ActorSystem Create(string name) => Create(name, ConfigurationFactory.Empty);

    /// <summary>Starts a system.</summary>
    /// <param name="name">Letters, digits and hyphens, not starting with a hyphen.</param>
    /// <param name="config">Dispatchers, time-outs, log levels.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="ConfigurationException">A setting is wrong.</exception>
    public static ActorSystem Create(string name, Config config) =>
        new LocalActorSystem(name, config, TimeProvider.System, dispatcher: null);

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string name = null);

    /// <summary>Stops an actor. For one at the top this takes its turn behind what was told to the guardian
    /// before.</summary>
    /// <param name="actor">Who is to stop.</param>
    public abstract void Stop(IActorRef actor);

    /// <summary>Stops all actors, children before parents, and then all else.</summary>
    /// <returns>Completes when the system has terminated; each call returns the same run.</returns>
    public abstract Task Terminate();

    /// <summary>Has an action called when the system has terminated, before <see cref="WhenTerminated"/>
    /// completes.</summary>
    /// <param name="code">Called on a thread of the pool.</param>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Begins to terminate, and does not wait for it.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins to terminate.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) => _ = Terminate();
}
