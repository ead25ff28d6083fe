namespace JoChat.ActorEngine.Tests;

public sealed class CreationTests
{
    [Fact]
    public void Constructor_runs_after_ActorOf_has_returned_in_the_actors_own_turn()
    {
        using var simulation = new Simulation(seed: 1);
        var isMade = false;

        simulation.Sys.ActorOf(LambdaActor.Of(_ => isMade = true));
        Assert.False(isMade);
        simulation.Run();

        Assert.True(isMade);
    }
}
