using System.Globalization;

namespace JoChat.Benchmarks;

/// <summary>Live bytes of an idle actor, and what a tell allocates once a mailbox has found its size.</summary>
internal sealed class MemoryLoad(ActorSystem system)
{
    private const int Actors = 100_000;
    private const int Batch = 1_000;
    private const int Batches = 1_000;

    public string Run() => string.Create(
        CultureInfo.InvariantCulture,
        $"memory: idle actor {BytesOfAnIdleActor()} B (target 600), tell {BytesPerTell():F3} B (target 0)");

    private long BytesOfAnIdleActor()
    {
        var props = Props.Create(() => new IdleActor());
        var all = new IActorRef[Actors];
        MakeOne(props);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var born = new CountdownEvent(Actors))
        {
            for (var i = 0; i < Actors; i++)
            {
                all[i] = system.ActorOf(props);
                all[i].Tell(born, ActorRefs.NoSender);
            }

            born.Wait();
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Actors;
        foreach (var actor in all) { system.Stop(actor); }
        return bytes;
    }

    private void MakeOne(Props props)
    {
        using var born = new CountdownEvent(1);
        system.ActorOf(props).Tell(born, ActorRefs.NoSender);
        born.Wait();
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
