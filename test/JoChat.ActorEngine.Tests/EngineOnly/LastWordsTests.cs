namespace JoChat.ActorEngine.Tests;

public sealed class LastWordsTests
{
    private const int Seeds = 50;

    [Fact]
    public void Termination_comes_after_all_that_the_actor_had_told_whoever_runs_first() =>
        Simulation.TrySeeds(Seeds, simulation =>
        {
            var heard = new List<object>();
            var watcher = simulation.Sys.ActorOf(LambdaActor.Of(self =>
            {
                self.On<IActorRef>(actor =>
                {
                    self.Ctx.Watch(actor);
                    actor.Tell("die");
                });
                self.On<int>(word => heard.Add(word));
                self.On<Terminated>(_ => heard.Add("dead"));
            }));
            var watched = simulation.Sys.ActorOf(LambdaActor.Of(self => self.On<string>(_ =>
            {
                for (var word = 0; word < 3; word++) { self.From.Tell(word); }
                self.Ctx.Stop(self.Me);
            })));

            watcher.Tell(watched);
            simulation.Run();

            Assert.Equal([0, 1, 2, "dead"], heard);
        });
}
