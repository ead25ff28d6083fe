namespace JoChat.ActorEngine.Tests;

public sealed class RestartRaceTests : ActorSpec
{
    // While it waits for its children, suspending and resuming it is put off; once stopped, it must not come to that.
    [Fact]
    public void Actor_stopped_while_it_waits_to_be_restarted_is_not_made_again() =>
        Simulation.TrySeeds(200, simulation =>
        {
            var alive = 0;
            var grandparent = simulation.Sys.ActorOf(Lambda(self =>
            {
                self.Strategy = new OneForOneStrategy(_ => Directive.Resume);
                var parent = self.Ctx.ActorOf(Lambda(middle =>
                {
                    middle.Strategy = new OneForOneStrategy(_ => Directive.Restart);
                    var actor = middle.Ctx.ActorOf(Lambda(low =>
                    {
                        alive++;
                        low.OnStop = () => alive--;
                        MakeLine(low.Ctx, 4); // that many take their time to stop
                        low.On<string>(_ => throw new InvalidOperationException("restart"));
                    }));
                    middle.On<string>(message => actor.Tell(message));
                    middle.On<int>(_ => throw new InvalidOperationException("resume"));
                    middle.On<double>(_ => middle.Ctx.Stop(actor));
                }));
                self.OnAny(parent.Tell);
            }));

            foreach (var message in (object[])["restart", 0, 1.5]) { grandparent.Tell(message); }
            simulation.Run();

            Assert.Equal(0, alive);
        });

    private static void MakeLine(IActorContext parent, int length)
    {
        if (length > 0) { parent.ActorOf(Lambda(self => MakeLine(self.Ctx, length - 1))); }
    }
}
