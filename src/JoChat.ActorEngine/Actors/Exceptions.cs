#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>The engine's own failures.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="cause">What led to it; may be null.</param>
    protected AkkaException(string message, Exception cause = null) : base(message, cause)
    {
    }
}

/// <summary>An actor's constructor or PreStart failed, or the actor was made without the engine.</summary>
public class ActorInitializationException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong.</param>
    public ActorInitializationException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="cause">What led to it.</param>
    public ActorInitializationException(string message, Exception cause) : base(message, cause)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="actor">Who failed.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="cause">What the actor threw.</param>
    public ActorInitializationException(IActorRef actor, string message, Exception cause = null)
        : base(message, cause) => Actor = actor;

    /// <summary>Who failed; null if no actor came to be.</summary>
    public IActorRef Actor { get; }
}

/// <summary>An actor's PreRestart failed; it was restarted nevertheless.</summary>
public sealed class PreRestartException : ActorInitializationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="actor">Who failed.</param>
    /// <param name="restartException">What PreRestart threw.</param>
    /// <param name="cause">Why the actor was restarted.</param>
    /// <param name="optionalMessage">What it was handling then; null if nothing.</param>
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
        : base(actor, $"Exception in PreRestart of {actor} after {cause?.GetType()}", restartException)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage;
    }

    /// <summary>What PreRestart threw.</summary>
    public Exception RestartException { get; }

    /// <summary>What it was handling then; null if nothing.</summary>
    public object OptionalMessage { get; }
}

/// <summary>The new instance's constructor or PostRestart failed at a restart.</summary>
public sealed class PostRestartException : ActorInitializationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="actor">Who failed.</param>
    /// <param name="cause">What the new instance threw.</param>
    /// <param name="originalCause">Why the actor was restarted.</param>
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception after restart of {actor} for {originalCause?.GetType()}", cause) =>
        OriginalCause = originalCause;

    /// <summary>Why the actor was restarted.</summary>
    public Exception OriginalCause { get; }
}

/// <summary>The actor was told <see cref="Kill"/>.</summary>
public sealed class ActorKilledException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why.</param>
    public ActorKilledException(string message) : base(message)
    {
    }
}

/// <summary>The actor watched another and had no handler for its <see cref="Terminated"/>.</summary>
public sealed class DeathPactException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="deadActor">Who had stopped.</param>
    public DeathPactException(IActorRef deadActor) : base($"Monitored actor {deadActor} terminated") =>
        DeadActor = deadActor;

    /// <summary>Who had stopped.</summary>
    public IActorRef DeadActor { get; }
}

/// <summary>The name is not allowed, or a sibling has it.</summary>
public sealed class InvalidActorNameException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which name, and what is wrong with it.</param>
    public InvalidActorNameException(string message) : base(message)
    {
    }
}

/// <summary>The message cannot be told.</summary>
public sealed class InvalidMessageException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    public InvalidMessageException(string message) : base(message)
    {
    }
}

/// <summary>The actor asked its context for what its state forbids.</summary>
public sealed class IllegalActorStateException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was asked for.</param>
    public IllegalActorStateException(string message) : base(message)
    {
    }
}

/// <summary>No answer came in time.</summary>
public sealed class AskTimeoutException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">After how long.</param>
    public AskTimeoutException(string message) : base(message)
    {
    }
}

/// <summary>No actor was found where one was looked for.</summary>
public sealed class ActorNotFoundException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Where it was looked for.</param>
    public ActorNotFoundException(string message) : base(message)
    {
    }
}

/// <summary>The scheduler takes no more work.</summary>
public sealed class SchedulerException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why.</param>
    public SchedulerException(string message) : base(message)
    {
    }
}

/// <summary>A bounded stash is full.</summary>
public sealed class StashOverflowException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Whose, and how much it holds.</param>
    public StashOverflowException(string message) : base(message)
    {
    }
}
