namespace JoChat.ActorEngine.Tests;

public sealed class ThroughputTests
{
    [Theory]
    [InlineData(1, "abababab")]
    [InlineData(3, "aaabbbab")]
    [InlineData(9, "aaaabbbb")]
    public void Actor_gives_way_to_others_after_a_batch(int throughput, string expected)
    {
        var dispatcher = new OneByOneDispatcher(throughput);
        var system = new LocalActorSystem("turns", ConfigurationFactory.Empty, TimeProvider.System, dispatcher);
        var trace = "";
        IActorRef Traced(char name) =>
            system.ActorOf(LambdaActor.Of(self => self.On<int>(_ => trace += name)));
        var actors = new[] { Traced('a'), Traced('b') };
        dispatcher.RunAll();

        foreach (var actor in actors)
        {
            for (var i = 0; i < 4; i++) { actor.Tell(i); }
        }

        dispatcher.RunAll();

        Assert.Equal(expected, trace);
    }

    [Fact]
    public void System_message_goes_before_the_rest_of_a_batch()
    {
        var dispatcher = new OneByOneDispatcher(100);
        var system = new LocalActorSystem("turns", ConfigurationFactory.Empty, TimeProvider.System, dispatcher);
        var trace = "";
        var actor = system.ActorOf(LambdaActor.Of(self =>
        {
            self.OnStop = () => trace += "|";
            self.On<int>(number =>
            {
                trace += number;
                if (number == 2) { self.Ctx.Stop(self.Me); }
            });
        }));

        for (var i = 1; i <= 4; i++) { actor.Tell(i); }
        dispatcher.RunAll();

        Assert.Equal("12|", trace);
    }
}
