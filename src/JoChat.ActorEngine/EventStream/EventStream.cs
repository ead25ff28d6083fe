#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Tells events to whoever subscribed to their type, a base type or an interface of it. Safe for any
/// thread.</summary>
public sealed class EventStream
{
    private readonly Lock _lock = new();
    private readonly List<(IActorRef Subscriber, Type Channel)> _subscriptions = [];

    // By the event's own type; replaced as a whole at each change, so that publishing needs no lock.
    private Dictionary<Type, IActorRef[]> _routes = [];

    internal EventStream()
    {
    }

    /// <summary>Called with each new subscriber, so that it is unsubscribed when it dies.</summary>
    internal Action<IActorRef> OnSubscribed { get; set; } = static _ => { };

    /// <summary>Called with each log event, on the thread that publishes it.</summary>
    internal Action<LogEvent> OnLog { get; set; } = static _ => { };

    /// <summary>Tells the subscriber all events of a type from now on, until it stops.</summary>
    /// <param name="subscriber">Who is told.</param>
    /// <param name="channel">The type.</param>
    /// <returns>False if it was subscribed to this type, or a base of it, already.</returns>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        lock (_lock)
        {
            if (_subscriptions.Exists(known => Covers(known, subscriber, channel))) { return false; }
            _subscriptions.Add((subscriber, channel));
            Volatile.Write(ref _routes, []);
        }

        OnSubscribed(subscriber);
        return true;
    }

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscriber">Who was told.</param>
    /// <param name="channel">The type.</param>
    /// <returns>False if there was none.</returns>
    public bool Unsubscribe(IActorRef subscriber, Type channel) =>
        Remove(known => known.Channel == channel && known.Subscriber.Equals(subscriber));

    /// <summary>Ends all subscriptions of a subscriber.</summary>
    /// <param name="subscriber">Who was told.</param>
    /// <returns>False if there was none.</returns>
    public bool Unsubscribe(IActorRef subscriber) => Remove(known => known.Subscriber.Equals(subscriber));

    /// <summary>Tells an event to all who subscribed to it.</summary>
    /// <param name="event">Not null.</param>
    public void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        if (@event is LogEvent log) { OnLog(log); }
        foreach (var subscriber in Route(@event.GetType())) { subscriber.Tell(@event, ActorCell.Current?.Self); }
    }

    private static bool Covers((IActorRef Subscriber, Type Channel) known, IActorRef subscriber, Type channel) =>
        known.Channel.IsAssignableFrom(channel) && known.Subscriber.Equals(subscriber);

    private IActorRef[] Route(Type type)
    {
        if (Volatile.Read(ref _routes).TryGetValue(type, out var route)) { return route; }
        lock (_lock)
        {
            route = [.. _subscriptions
                .Where(known => known.Channel.IsAssignableFrom(type))
                .Select(known => known.Subscriber)
                .Distinct()];
            Volatile.Write(ref _routes, new Dictionary<Type, IActorRef[]>(_routes) { [type] = route });
        }

        return route;
    }

    private bool Remove(Predicate<(IActorRef Subscriber, Type Channel)> match)
    {
        lock (_lock)
        {
            if (_subscriptions.RemoveAll(match) == 0) { return false; }
            Volatile.Write(ref _routes, []);
            return true;
        }
    }
}

/// <summary>Subscribing by type argument.</summary>
public static class EventStreamExtensions
{
    /// <summary>Tells the subscriber all events of a type from now on, until it stops.</summary>
    /// <typeparam name="TChannel">The type.</typeparam>
    /// <param name="eventStream">The stream.</param>
    /// <param name="subscriber">Who is told.</param>
    /// <returns>False if it was subscribed already.</returns>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Ends a subscription.</summary>
    /// <typeparam name="TChannel">The type.</typeparam>
    /// <param name="eventStream">The stream.</param>
    /// <param name="subscriber">Who was told.</param>
    /// <returns>False if there was none.</returns>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
