using System.Globalization;

namespace JoChat.Benchmarks;

/// <summary>Live bytes of an idle actor, and what a tell allocates once a mailbox has found its size.</summary>
internal sealed class MemoryLoad(ActorSystem system)
{
    private const int Actors = 100_000;
    private const int Batch = 1_000;
    private const int Batches = 1_000;

    public async Task<string> Run()
    {
        var idle = await BytesOfAnIdleActor();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"memory: idle actor {idle} B (target 600), tell {BytesPerTell():F3} B (target 0)");
    }

    private async Task<long> BytesOfAnIdleActor()
    {
        await Measure(count: 1); // not counted: what is made once
        return await Measure(Actors) / Actors;
    }

    private async Task<long> Measure(int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var all = system.ActorOf(Props.Create(() => new IdleActors(count, done)));
        await done.Task;
        var after = GC.GetTotalMemory(forceFullCollection: true);
        await all.GracefulStop(TimeSpan.FromMinutes(1));
        return after - before;
    }

    private double BytesPerTell()
    {
        using var handled = new SemaphoreSlim(0);
        var message = new object();
        var receiver = system.ActorOf(Props.Create(() => new Receiver(Batch, handled)));
        long before = 0;
        for (var batch = -10; batch < Batches; batch++)
        {
            if (batch == 0) { before = GC.GetTotalAllocatedBytes(precise: true); }
            for (var i = 0; i < Batch; i++) { receiver.Tell(message, ActorRefs.NoSender); }
            handled.Wait();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Batches * Batch);
    }

    private sealed class Receiver : ReceiveActor
    {
        public Receiver(int batch, SemaphoreSlim handled)
        {
            var count = 0;
            Receive<object>(_ =>
            {
                if (++count % batch == 0) { handled.Release(); }
            });
        }
    }
}
