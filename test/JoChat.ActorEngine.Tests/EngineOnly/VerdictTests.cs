namespace JoChat.ActorEngine.Tests;

public sealed class VerdictTests : ActorSpec
{
    [Fact]
    public void Children_of_a_failed_actor_stand_still_until_the_verdict() => Simulation.TrySeeds(50, simulation =>
    {
        var (hasFailed, isJudged) = (false, false);
        var handledWhenJudged = new List<bool>();
        IActorRef? child = null;
        var grandparent = simulation.Sys.ActorOf(Lambda(self =>
        {
            self.Strategy = new OneForOneStrategy(_ =>
            {
                isJudged = true;
                return Directive.Resume;
            });
            var parent = self.Ctx.ActorOf(Lambda(middle =>
            {
                child = middle.Ctx.ActorOf(Lambda(low => low.On<int>(_ => handledWhenJudged.Add(isJudged))));
                middle.On<string>(_ =>
                {
                    hasFailed = true;
                    throw new InvalidOperationException("boom");
                });
            }));
            self.OnAny(parent.Tell);
        }));
        grandparent.Tell("fail");
        while (!hasFailed) { simulation.Step(); }

        child!.Tell(1);
        simulation.Run();

        Assert.Equal([true], handledWhenJudged);
    });

    [Fact]
    public async Task Decider_that_throws_is_a_failure_of_its_actor()
    {
        var parent = Act(grandparent =>
        {
            grandparent.Strategy = new OneForOneStrategy(cause =>
            {
                TestActor.Tell(cause.Message);
                return Directive.Stop;
            });
            var middle = grandparent.Ctx.ActorOf(Lambda(self =>
            {
                self.Strategy = new OneForOneStrategy(_ => throw new ArgumentException("decider"));
                var child = self.Ctx.ActorOf(
                    Lambda(kid => kid.OnAny(_ => throw new InvalidOperationException("boom"))));
                self.OnAny(message => child.Tell(message));
            }));
            grandparent.OnAny(message => middle.Tell(message));
        });

        parent.Tell("fail");

        await ExpectMsgAsync("decider");
    }
}
