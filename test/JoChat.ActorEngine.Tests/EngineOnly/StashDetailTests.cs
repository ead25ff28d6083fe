namespace JoChat.ActorEngine.Tests;

public sealed class StashDetailTests : ActorSpec
{
    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Stash_knows_its_bound_and_when_it_is_reached(int capacity, bool isFull)
    {
        var actor = Sys.ActorOf(Lambda(self =>
        {
            self.On<int>(_ => self.Stash.Stash());
            self.On<string>(_ => TestActor.Tell((self.Stash.Capacity, self.Stash.IsFull)));
        }).WithStashCapacity(capacity));
        actor.Tell(1);

        actor.Tell("report");

        await ExpectMsgAsync((capacity, isFull));
    }
}
