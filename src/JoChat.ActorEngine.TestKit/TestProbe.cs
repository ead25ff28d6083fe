#nullable disable annotations
namespace JoChat.ActorEngine.TestKit;

/// <summary>A test actor beside the test's own one; it can stand wherever a reference is wanted.</summary>
public class TestProbe : TestKitBase, IActorRefProxy
{
    private static int _probes;

    /// <summary>Makes a test actor in that system.</summary>
    /// <param name="system">The system under test.</param>
    /// <param name="testProbeName">Unique in the system; null lets the kit choose.</param>
    public TestProbe(ActorSystem system, string testProbeName = null)
        : base(system, testProbeName ?? $"testProbe{Interlocked.Increment(ref _probes)}")
    {
    }

    /// <summary>The test actor.</summary>
    public IActorRef Ref => TestActor;

    /// <summary>Who sent the message looked at last.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;

    InternalActorRef IActorRefProxy.Target => (InternalActorRef)TestActor;

    /// <summary>Tells an actor, with this test actor as the sender.</summary>
    /// <param name="actor">Who is told.</param>
    /// <param name="message">Not null.</param>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Answers the message looked at last.</summary>
    /// <param name="message">Not null.</param>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    /// <summary>Passes the message looked at last on, with its sender.</summary>
    /// <param name="actor">Who is told.</param>
    public void Forward(IActorRef actor) => Forward(actor, LastMessage);

    /// <summary>Tells an actor, with the sender of the message looked at last.</summary>
    /// <param name="actor">Who is told.</param>
    /// <param name="message">Not null.</param>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    /// <inheritdoc/>
    public bool Equals(IActorRef other) => TestActor.Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object obj) => TestActor.Equals(obj);

    /// <inheritdoc/>
    public override int GetHashCode() => TestActor.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(IActorRef other) => TestActor.CompareTo(other);

    /// <inheritdoc/>
    public int CompareTo(object obj) => TestActor.CompareTo(obj);

    /// <inheritdoc/>
    public override string ToString() => TestActor.ToString();
}
