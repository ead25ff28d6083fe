namespace JoChat.Actors.Tests;

/// <summary>The mailbox of those whom all sessions ask: nothing is lost, and what one sends keeps its order.</summary>
public sealed class FairMailboxTests() : TestKit(Patience.Configuration)
{
    [Fact]
    public async Task Many_producers_lose_nothing_and_each_keeps_its_order()
    {
        const int Producers = 4, Each = 100_000;
        var queue = new FairMailbox.Queue();
        var senders = Enumerable.Range(0, Producers).Select(_ => CreateTestProbe().Ref).ToArray();
        var producing = Enumerable.Range(0, Producers).Select(producer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                queue.Enqueue(ActorRefs.Nobody, new Envelope((producer, i), senders[producer]));
            }
        }));
        var done = Task.WhenAll(producing);
        var next = new int[Producers];

        while (!done.IsCompleted || queue.HasMessages)
        {
            if (!queue.TryDequeue(out var envelope)) { continue; }
            var (producer, i) = ((int, int))envelope.Message;
            Assert.Equal(next[producer]++, i);
        }

        await done;
        Assert.All(next, count => Assert.Equal(Each, count));
        Assert.Equal(0, queue.Count);
    }
}
