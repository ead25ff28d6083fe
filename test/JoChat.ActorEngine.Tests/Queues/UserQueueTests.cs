namespace JoChat.ActorEngine.Tests;

public sealed class UserQueueTests
{
    [Fact]
    public void Messages_come_out_in_order_however_often_the_queue_grows()
    {
        var queue = new UserQueue();
        const int Count = 200_000;

        for (var i = 0; i < Count; i++) { queue.Enqueue(i, null); }

        for (var i = 0; i < Count; i++)
        {
            Assert.True(queue.TryDequeue(out var message, out _));
            Assert.Equal(i, message);
        }

        Assert.False(queue.HasMessages);
        Assert.False(queue.TryDequeue(out _, out _));
    }

    [Fact]
    public void Queue_that_has_found_its_size_allocates_nothing()
    {
        var queue = new UserQueue();
        var message = new object();
        Cycle(ref queue, message);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { Cycle(ref queue, message); }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Prepended_messages_come_first_and_in_their_order()
    {
        var queue = new UserQueue();
        queue.Enqueue(3, null);

        queue.Prepend([new Envelope(1, null), new Envelope(2, null)]);

        for (var i = 1; i <= 3; i++)
        {
            Assert.True(queue.HasMessages && queue.TryDequeue(out var message, out _) && message is int n && n == i);
        }
    }

    [Fact]
    public async Task Nothing_is_lost_or_reordered_while_many_write_and_one_reads()
    {
        const int Writers = 3;
        const int Each = 100_000;
        var shared = new Shared();
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++) { shared.Queue.Enqueue((writer, i), null); }
        })).ToArray();

        var next = new int[Writers];
        for (var read = 0; read < Writers * Each;)
        {
            if (!shared.Queue.TryDequeue(out var message, out _))
            {
                Thread.Yield();
                continue;
            }

            var (writer, number) = ((int, int))message;
            Assert.Equal(next[writer]++, number);
            read++;
        }

        await Task.WhenAll(writing);
        Assert.False(shared.Queue.HasMessages);
    }

    [Fact]
    public async Task Nothing_is_lost_while_a_queue_grows_under_its_readers_eyes()
    {
        const int Queues = 20_000, Each = 12; // the first two rings hold 2 and 8
        var queues = Enumerable.Range(0, Queues).Select(_ => new Shared()).ToArray();
        var turn = 0; // the writer stays within one queue of the reader, so that each grows while it is read
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < Queues; i++)
            {
                while (Volatile.Read(ref turn) < i) { Thread.SpinWait(1); }
                for (var number = 0; number < Each; number++) { queues[i].Queue.Enqueue(number, null); }
            }
        });

        for (var i = 0; i < Queues; i++)
        {
            Volatile.Write(ref turn, i);
            for (var read = 0; read < Each;)
            {
                if (!queues[i].Queue.TryDequeue(out var message, out _)) { continue; }
                Assert.Equal(read++, message);
            }
        }

        await writing;
    }

    private static void Cycle(ref UserQueue queue, object message)
    {
        for (var i = 0; i < 50; i++) { queue.Enqueue(message, null); }
        while (queue.TryDequeue(out _, out _))
        {
        }
    }

    private sealed class Shared
    {
        public UserQueue Queue = new();
    }
}
