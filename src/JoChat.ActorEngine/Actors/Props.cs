#nullable disable annotations
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace JoChat.ActorEngine;

/// <summary>How to make an actor, any number of times. Immutable; a With method returns a changed copy.</summary>
public sealed class Props
{
    private readonly ActorFactory _factory;

    private Props(ActorFactory factory) => _factory = factory;

    private Props(Props original)
    {
        _factory = original._factory;
        Dispatcher = original.Dispatcher;
        Mailbox = original.Mailbox;
        StashCapacity = original.StashCapacity;
        SupervisorStrategy = original.SupervisorStrategy;
    }

    /// <summary>Props of no actor: to be replaced before use.</summary>
    [SuppressMessage("Naming", "CA1721", Justification = "The names are Akka's.")]
    public static Props None { get; } = Create<EmptyActor>();

    /// <summary>Props of an actor that handles nothing.</summary>
    public static Props Empty { get; } = Create<EmptyActor>();

    /// <summary>The actor's class.</summary>
    public Type Type => _factory.ActorType;

    /// <summary>What the constructor is given each time.</summary>
    public object[] Arguments => [.. _factory.Arguments];

    /// <summary>Configuration path of the actor's dispatcher; null for the default one.</summary>
    public string Dispatcher { get; private init; }

    /// <summary>Configuration path of the actor's mailbox; null for the default one.</summary>
    public string Mailbox { get; private init; }

    /// <summary>Most messages the actor's stash holds; -1 for no bound.</summary>
    public int StashCapacity { get; private init; } = -1;

    /// <summary>What becomes of the actor's children that fail; null leaves it to the actor's class.</summary>
    public SupervisorStrategy SupervisorStrategy { get; private init; }

    /// <summary>Takes the class, the constructor and its arguments from an expression.</summary>
    /// <typeparam name="TActor">The actor's class.</typeparam>
    /// <param name="factory">Of the form <c>() => new X(a, b)</c>. The arguments are evaluated once, now, and
    /// shared by every actor and every restart.</param>
    /// <param name="supervisorStrategy">What becomes of the actor's children that fail; null leaves it to the
    /// class.</param>
    /// <exception cref="ArgumentException">The expression is not a plain <c>new</c>.</exception>
    public static Props Create<TActor>(
        Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null) where TActor : ActorBase =>
        new(ActorFactory.From(factory)) { SupervisorStrategy = supervisorStrategy };

    /// <summary>Takes the class and what its constructor is given.</summary>
    /// <typeparam name="TActor">The actor's class.</typeparam>
    /// <param name="args">Given to the constructor that fits; shared by every actor and every restart.</param>
    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => Create(typeof(TActor), args);

    /// <summary>Takes the class and what its constructor is given.</summary>
    /// <param name="type">The actor's class.</param>
    /// <param name="args">Given to the constructor that fits; shared by every actor and every restart.</param>
    /// <exception cref="ArgumentException">The class is not an actor's.</exception>
    public static Props Create(Type type, params object[] args) => new(ActorFactory.From(type, args));

    /// <summary>Runs the actor on the dispatcher configured at that path.</summary>
    /// <param name="dispatcher">A path such as <c>chat.persistence-dispatcher</c>.</param>
    public Props WithDispatcher(string dispatcher) => new(this) { Dispatcher = dispatcher };

    /// <summary>Gives the actor the mailbox configured at that path, which must be an unbounded one.</summary>
    /// <param name="mailbox">A path such as <c>chat.session-mailbox</c>.</param>
    public Props WithMailbox(string mailbox) => new(this) { Mailbox = mailbox };

    /// <summary>Decides what becomes of the actor's children that fail, whatever its class says.</summary>
    /// <param name="supervisorStrategy">Null leaves it to the class.</param>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        new(this) { SupervisorStrategy = supervisorStrategy };

    /// <summary>Bounds the actor's stash.</summary>
    /// <param name="stashCapacity">Most messages it holds; -1 for no bound.</param>
    public Props WithStashCapacity(int stashCapacity) => new(this) { StashCapacity = stashCapacity };

    internal ActorBase NewActor() => _factory.Create();

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
