using System.Threading.Channels;

namespace JoChat.Benchmarks;

/// <summary>Actors that are made and told one message, against channels with a reader that waits for one.</summary>
internal sealed class SpawnLoad(ActorSystem system) : ILoad
{
    public int Operations => 100_000;

    public async Task RunOnActors()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = system.ActorOf(Props.Create(() => new Parent(Operations, done)));
        await done.Task;
        await parent.GracefulStop(TimeSpan.FromMinutes(1));
    }

    public async Task RunOnChannels()
    {
        var readers = new List<Task>();
        var writers = new List<ChannelWriter<object>>();
        for (var i = 0; i < Operations; i++)
        {
            var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
            readers.Add(Task.Run(() => ReadOne(channel.Reader)));
            writers.Add(channel.Writer);
        }

        foreach (var writer in writers) { writer.TryWrite(this); }
        await Task.WhenAll(readers);
    }

    private static async Task ReadOne(ChannelReader<object> reader) => await reader.ReadAsync();

    private sealed class Parent : ReceiveActor
    {
        public Parent(int count, TaskCompletionSource done)
        {
            var all = new CountdownEvent(count);
            var props = Props.Create(() => new IdleActor());
            for (var i = 0; i < count; i++) { Context.ActorOf(props).Tell(all, ActorRefs.NoSender); }
            ThreadPool.RegisterWaitForSingleObject(
                all.WaitHandle, (_, _) => done.SetResult(), null, Timeout.Infinite, executeOnlyOnce: true);
        }
    }
}
