using System.Threading.Channels;

namespace JoChat.Benchmarks;

/// <summary>Actors that are made and told one message, against channels with a reader that waits for one.</summary>
internal sealed class SpawnLoad(ActorSystem system) : ILoad
{
    private IActorRef? _parent;

    public int Operations => 100_000;

    public async Task RunOnActors()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _parent = system.ActorOf(Props.Create(() => new IdleActors(Operations, done)));
        await done.Task;
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

    public async Task CleanUp()
    {
        if (_parent is not null) { await _parent.GracefulStop(TimeSpan.FromMinutes(1)); }
        _parent = null;
    }

    private static async Task ReadOne(ChannelReader<object> reader) => await reader.ReadAsync();
}
