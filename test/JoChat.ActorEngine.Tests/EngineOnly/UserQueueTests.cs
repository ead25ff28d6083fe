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
            Assert.True(TryTake(ref queue, out var message));
            Assert.Equal(i, message);
        }

        Assert.False(queue.HasMessages);
        Assert.False(TryTake(ref queue, out _));
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
            Assert.True(queue.HasMessages && TryTake(ref queue, out var message) && message is int n && n == i);
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
        var position = shared.Queue.BeginReading();
        for (var read = 0; read < Writers * Each;)
        {
            if (!shared.Queue.TryDequeue(ref position, out var message, out _))
            {
                shared.Queue.EndReading(position);
                Thread.Yield();
                continue;
            }

            var (writer, number) = ((int, int))message;
            Assert.Equal(next[writer]++, number);
            read++;
        }

        await Task.WhenAll(writing);
        shared.Queue.EndReading(position);
        Assert.False(shared.Queue.HasMessages);
    }

    // The reader finds a segment empty; before it looks for the next one, writers fill this one and go on there.
    [Fact]
    public async Task Nothing_is_lost_when_a_segment_fills_up_while_the_reader_leaves_it()
    {
        const int Each = 6; // more than the first segment holds
        const int Rounds = 50_000;
        var queues = Enumerable.Range(0, Rounds).Select(_ => new Shared()).ToArray();
        var reading = -1;
        var written = -1;
        var message = new object();
        var writing = Task.Run(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var spinner = default(SpinWait);
                while (Volatile.Read(ref reading) < round) { spinner.SpinOnce(sleep1Threshold: -1); }
                for (var i = 0; i < Each; i++) { queues[round].Queue.Enqueue(message, null); }
                Volatile.Write(ref written, round);
            }
        });

        var lost = 0;
        for (var round = 0; round < Rounds; round++)
        {
            Volatile.Write(ref reading, round);
            for (var left = Each; left > 0;)
            {
                var isWritten = Volatile.Read(ref written) >= round;
                if (TryTake(ref queues[round].Queue, out _)) { left--; }
                else if (isWritten)
                {
                    lost += left;
                    break;
                }
            }
        }

        await writing;
        Assert.Equal(0, lost);
    }

    private static void Cycle(ref UserQueue queue, object message)
    {
        for (var i = 0; i < 50; i++) { queue.Enqueue(message, null); }
        while (TryTake(ref queue, out _))
        {
        }
    }

    private static bool TryTake(ref UserQueue queue, out object message)
    {
        var position = queue.BeginReading();
        var isTaken = queue.TryDequeue(ref position, out message, out _);
        queue.EndReading(position);
        return isTaken;
    }

    private sealed class Shared
    {
        public UserQueue Queue = new();
    }
}
