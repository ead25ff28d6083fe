#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>A failure concerns the child that failed, and no other.</summary>
public sealed class OneForOneStrategy : SupervisorStrategy
{
    private readonly int _maxNrOfRetries;
    private readonly TimeSpan? _withinTimeRange;

    /// <summary>Restarts without a bound.</summary>
    /// <param name="localOnlyDecider">Decides by the exception.</param>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(Decide(localOnlyDecider))
    {
    }

    /// <summary>Restarts without a bound.</summary>
    /// <param name="decider">Decides by the exception.</param>
    public OneForOneStrategy(IDecider decider) : this(-1, null, decider, loggingEnabled: true)
    {
    }

    /// <summary>Restarts a bounded number of times and then stops.</summary>
    /// <param name="maxNrOfRetries">Most restarts in the time range, or ever without one; 0 for none. Null or -1:
    /// without
    /// a range no bound, with one a single restart in it.</param>
    /// <param name="withinTimeRange">After this the count begins anew; null for never.</param>
    /// <param name="localOnlyDecider">Decides by the exception.</param>
    public OneForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, withinTimeRange, Decide(localOnlyDecider), loggingEnabled: true)
    {
    }

    /// <summary>Restarts a bounded number of times and then stops.</summary>
    /// <param name="maxNrOfRetries">As in the other constructor.</param>
    /// <param name="withinTimeRange">As in the other constructor.</param>
    /// <param name="decider">Decides by the exception.</param>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, withinTimeRange, decider, loggingEnabled: true)
    {
    }

    /// <summary>Restarts a bounded number of times and then stops.</summary>
    /// <param name="maxNrOfRetries">As in the other constructor.</param>
    /// <param name="withinTimeMilliseconds">As the time range there; negative for none.</param>
    /// <param name="localOnlyDecider">Decides by the exception.</param>
    /// <param name="loggingEnabled">Whether decisions are logged.</param>
    public OneForOneStrategy(
        int maxNrOfRetries,
        int withinTimeMilliseconds,
        Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(
            maxNrOfRetries,
            withinTimeMilliseconds < 0 ? null : TimeSpan.FromMilliseconds(withinTimeMilliseconds),
            Decide(localOnlyDecider),
            loggingEnabled)
    {
    }

    private OneForOneStrategy(int maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider, bool loggingEnabled)
        : base(decider)
    {
        _maxNrOfRetries = maxNrOfRetries;
        _withinTimeRange = withinTimeRange;
        LoggingEnabled = loggingEnabled;
    }

    /// <inheritdoc/>
    protected override bool LoggingEnabled { get; }

    private protected override void RestartOrStop(ActorCell parent, InternalActorRef child, Exception cause)
    {
        if (parent.RestartsOf(child).RequestPermission(_maxNrOfRetries, _withinTimeRange, parent.System.Time))
        {
            child.SendSystem(new Recreate(cause));
        }
        else
        {
            parent.Stop(child);
        }
    }

    private static IDecider Decide(Func<Exception, Directive> function) =>
        JoChat.ActorEngine.Decider.From(function);
}
