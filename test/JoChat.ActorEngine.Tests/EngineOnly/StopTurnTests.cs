namespace JoChat.ActorEngine.Tests;

public sealed class StopTurnTests : ActorSpec
{
    // The guardian takes it in its turn, as a message; a stop by the parent goes before what is queued.
    [Fact]
    public void Stop_of_an_actor_at_the_top_takes_its_turn_at_the_guardian()
    {
        var dispatcher = new OneByOneDispatcher(1);
        using var system = new LocalActorSystem("turns", ConfigurationFactory.Empty, TimeProvider.System, dispatcher);
        var trace = "";
        IActorRef Counting(string name) => system.ActorOf(LambdaActor.Of(self =>
        {
            self.OnStop = () => trace += $"|{name}";
            self.On<int>(number => trace += number);
        }));
        var (viaSystem, atOnce) = (Counting("a"), (LocalActorRef)Counting("b"));
        dispatcher.RunAll();

        viaSystem.Tell(1);
        atOnce.Tell(2);
        system.Stop(viaSystem);
        atOnce.Stop();
        dispatcher.RunAll();

        Assert.Equal("1|b|a", trace);
    }

    [Fact]
    public async Task Dead_subscriber_to_dead_letters_does_no_harm()
    {
        var subscriber = Act(self =>
        {
            self.OnStart = () => Sys.EventStream.Subscribe(self.Me, typeof(AllDeadLetters));
            // The subscription ends a while after the subscriber; so it is still there for these.
            self.OnStop = () => self.Me.Tell("left over");
        });

        Assert.True(await subscriber.GracefulStop(TimeSpan.FromSeconds(30)));
        subscriber.Tell("too late");
    }
}
