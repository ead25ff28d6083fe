using System.Threading.Channels;

namespace JoChat.Benchmarks;

/// <summary>Pairs that answer each other, one message in flight each.</summary>
internal sealed class PingPongLoad(ActorSystem system, int pairs) : ILoad
{
    private static readonly object Ball = new();

    public int Operations => 3_000_000;

    private int Rounds => Operations / 2 / pairs;

    public Task RunOnActors() => Task.WhenAll(Enumerable.Range(0, pairs).Select(_ => PlayByActors()));

    public Task RunOnChannels() => Task.WhenAll(Enumerable.Range(0, pairs).Select(_ => PlayByChannels()));

    private async Task PlayByActors()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pong = system.ActorOf(Props.Create(() => new Player(int.MaxValue, done)));
        var ping = system.ActorOf(Props.Create(() => new Player(Rounds, done)));
        ping.Tell(Ball, pong);
        await done.Task;
        system.Stop(ping);
        system.Stop(pong);
    }

    private async Task PlayByChannels()
    {
        var there = NewChannel();
        var back = NewChannel();
        var pong = Play(there.Reader, back.Writer, Rounds);
        there.Writer.TryWrite(Ball);
        await Play(back.Reader, there.Writer, Rounds);
        await pong;
    }

    private static Channel<object> NewChannel() =>
        Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });

    private static async Task Play(ChannelReader<object> from, ChannelWriter<object> to, int left)
    {
        while (left > 0 && await from.WaitToReadAsync())
        {
            while (left > 0 && from.TryRead(out var ball))
            {
                left--;
                to.TryWrite(ball);
            }
        }
    }

    private sealed class Player : ReceiveActor
    {
        public Player(int left, TaskCompletionSource done) => Receive<object>(ball =>
        {
            if (left-- == 0) { done.SetResult(); }
            else { Sender.Tell(ball, Self); }
        });
    }
}
