namespace JoChat.ActorEngine.Tests;

/// <summary>Asynchronous handlers that meddle with the context they run in.</summary>
public sealed class AsyncContextTests
{
    [Fact]
    public void Handler_that_leaves_another_context_still_ends_in_the_actors_turn()
    {
        using var simulation = new Simulation(seed: 1);
        var gate = new TaskCompletionSource();
        var handled = new List<int>();
        var actor = simulation.Sys.ActorOf(LambdaActor.Of(self =>
        {
            self.OnAsync<string>(_ =>
            {
                SynchronizationContext.SetSynchronizationContext(null);
                return gate.Task;
            });
            self.On<int>(handled.Add);
        }));
        actor.Tell("go");
        actor.Tell(1);
        simulation.Run();

        gate.SetResult();
        simulation.Run();

        Assert.Equal([1], handled);
    }
}
