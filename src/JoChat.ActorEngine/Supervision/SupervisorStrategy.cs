#nullable disable annotations
using System.Diagnostics.CodeAnalysis;

namespace JoChat.ActorEngine;

/// <summary>What becomes of an actor that failed.</summary>
public enum Directive
{
    /// <summary>It goes on with its state; the message it failed on is dropped.</summary>
    Resume,

    /// <summary>A new instance goes on in its place; the message it failed on is dropped.</summary>
    Restart,

    /// <summary>Its parent fails in turn.</summary>
    Escalate,

    /// <summary>It stops.</summary>
    Stop,
}

/// <summary>How an actor deals with failures of its children.</summary>
public abstract class SupervisorStrategy
{
    private protected SupervisorStrategy(IDecider decider) => Decider = decider;

    /// <summary>Restart; but Stop for a failed initialisation, a killed actor and a death pact.</summary>
    public static IDecider DefaultDecider { get; } = JoChat.ActorEngine.Decider.From(Default);

    /// <summary>Decides for each child by itself with <see cref="DefaultDecider"/>, without a bound on
    /// restarts.</summary>
    public static SupervisorStrategy DefaultStrategy { get; } = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops each child that fails.</summary>
    public static OneForOneStrategy StoppingStrategy { get; } = new OneForOneStrategy(_ => Directive.Stop);

    /// <summary>Decides by the exception.</summary>
    public IDecider Decider { get; }

    /// <summary>Whether decisions are logged: Resume as a warning, the others as an error.</summary>
    protected virtual bool LoggingEnabled => true;

    /// <summary>Carries out the decision on one failure.</summary>
    /// <returns>False to escalate it.</returns>
    internal bool HandleFailure(ActorCell parent, InternalActorRef child, Exception cause)
    {
        var directive = Decider.Decide(cause);
        if (LoggingEnabled && directive != Directive.Escalate) { Log(parent, child, cause, directive); }
        switch (directive)
        {
            case Directive.Resume:
                child.SendSystem(new Resume(cause));
                return true;
            case Directive.Restart:
                RestartOrStop(parent, child, cause);
                return true;
            case Directive.Stop:
                parent.Stop(child);
                return true;
            default:
                return false;
        }
    }

    private protected abstract void RestartOrStop(ActorCell parent, InternalActorRef child, Exception cause);

    [SuppressMessage("Style", "IDE0072", Justification = "The default is the default decision.")]
    private static Directive Default(Exception cause) => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    };

    private static void Log(ActorCell parent, InternalActorRef child, Exception cause, Directive directive)
    {
        var source = child.Path.ToString();
        // An exception of the engine only wraps what the actor threw.
        var message = (cause is ActorInitializationException { InnerException: { } inner } ? inner : cause).Message;
        parent.System.EventStream.Publish(
            directive == Directive.Resume
                ? new Warning(cause, source, typeof(SupervisorStrategy), message)
                : new Error(cause, source, typeof(SupervisorStrategy), message));
    }
}
