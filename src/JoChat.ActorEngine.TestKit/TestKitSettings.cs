namespace JoChat.ActorEngine.TestKit;

internal sealed class TestKitSettings(Config config)
{
    /// <summary>How long an Expect waits outside of Within.</summary>
    public TimeSpan SingleExpectDefault { get; } =
        config.GetTimeSpan("akka.test.single-expect-default", TimeSpan.FromSeconds(3));

    public double TimeFactor { get; } = config.GetDouble("akka.test.timefactor", 1);
}
