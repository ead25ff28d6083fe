using System.Threading.Channels;

namespace JoChat.Benchmarks;

/// <summary>Some threads tell one receiver as fast as they can.</summary>
internal sealed class TellLoad(ActorSystem system, int producers) : ILoad
{
    private static readonly object Message = new();

    public int Operations => 10_000_000;

    public async Task RunOnActors()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = system.ActorOf(Props.Create(() => new Counter(Operations, done)));
        await Produce(count =>
        {
            for (var i = 0; i < count; i++) { receiver.Tell(Message, ActorRefs.NoSender); }
        });
        await done.Task;
        system.Stop(receiver);
    }

    public async Task RunOnChannels()
    {
        var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var reading = Read(channel.Reader, Operations);
        await Produce(count =>
        {
            for (var i = 0; i < count; i++) { channel.Writer.TryWrite(Message); }
        });
        await reading;
    }

    private Task Produce(Action<int> produce) => Task.WhenAll(Enumerable.Range(0, producers).Select(_ =>
        Task.Factory.StartNew(
            () => produce(Operations / producers),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

    private static async Task Read(ChannelReader<object> reader, int left)
    {
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out _))
            {
                if (--left == 0) { return; }
            }
        }
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter(int left, TaskCompletionSource done) => Receive<object>(_ =>
        {
            if (--left == 0) { done.SetResult(); }
        });
    }
}
