namespace JoChat.ActorEngine.Tests;

/// <summary>Base of the tests: a kit whose waits are long enough for a machine that is busy.</summary>
public abstract class ActorSpec : ActorTestKit
{
    private const string Patience = "akka.test.single-expect-default = 30s";

    protected ActorSpec(string config = "") : base(ConfigurationFactory.ParseString(config).WithFallback(Patience))
    {
    }

    /// <summary>Makes an actor of functions: what it does with messages, and at its birth and death.</summary>
    protected IActorRef Act(Action<LambdaActor> configure, string? name = null) =>
        Sys.ActorOf(Lambda(configure), name);

    protected static Props Lambda(Action<LambdaActor> configure) => LambdaActor.Of(configure);
}
