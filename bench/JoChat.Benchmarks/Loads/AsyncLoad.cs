using System.Threading.Channels;

namespace JoChat.Benchmarks;

/// <summary>One receiver with an asynchronous handler.</summary>
internal sealed class AsyncLoad(ActorSystem system, bool yields) : ILoad
{
    private static readonly object Message = new();

    public int Operations => 3_000_000;

    public async Task RunOnActors()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = system.ActorOf(Props.Create(() => new Counter(Operations, yields, done)));
        for (var i = 0; i < Operations; i++) { receiver.Tell(Message, ActorRefs.NoSender); }
        await done.Task;
        system.Stop(receiver);
    }

    public async Task RunOnChannels()
    {
        var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var reading = Read(channel.Reader, Operations);
        for (var i = 0; i < Operations; i++) { channel.Writer.TryWrite(Message); }
        await reading;
    }

    private async Task Read(ChannelReader<object> reader, int left)
    {
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out _))
            {
                await Handle(yields);
                if (--left == 0) { return; }
            }
        }
    }

    private static async Task Handle(bool yields)
    {
        if (yields) { await Task.Yield(); }
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter(int left, bool yields, TaskCompletionSource done) => ReceiveAsync<object>(async _ =>
        {
            await Handle(yields);
            if (--left == 0) { done.SetResult(); }
        });
    }
}
