using System.Threading.Channels;

namespace JoChat.Benchmarks;

/// <summary>Single timers of one owner, every other one taken back at once and the rest fired, against timers of the
/// runtime that write into a channel.</summary>
internal sealed class TimersLoad(ActorSystem system) : ILoad
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1);

    public int Operations => 200_000;

    public async Task RunOnActors()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var owner = system.ActorOf(Props.Create(() => new Owner(Operations, done)));
        await done.Task;
        system.Stop(owner);
    }

    public async Task RunOnChannels()
    {
        var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var timers = new Dictionary<object, ITimer>();
        for (var i = 0; i < Operations; i++)
        {
            object key = i;
            timers.Add(key, TimeProvider.System.CreateTimer(
                fired => channel.Writer.TryWrite(fired!), key, Delay, Timeout.InfiniteTimeSpan));
            if (i % 2 == 0) { Forget(timers, key); }
        }

        while (timers.Count > 0 && await channel.Reader.WaitToReadAsync())
        {
            while (channel.Reader.TryRead(out var key)) { Forget(timers, key); }
        }
    }

    // One that was taken back may have fired already.
    private static void Forget(Dictionary<object, ITimer> timers, object key)
    {
        if (timers.Remove(key, out var timer)) { timer.Dispose(); }
    }

    private sealed class Owner : ReceiveActor, IWithTimers
    {
        private readonly int _count;

        public Owner(int count, TaskCompletionSource done)
        {
            _count = count;
            Receive<object>(_ =>
            {
                if (Timers.ActiveTimers.Count == 0) { done.TrySetResult(); }
            });
        }

        public ITimerScheduler Timers { get; set; } = null!; // set by the engine before the constructor

        protected override void PreStart()
        {
            for (var i = 0; i < _count; i++)
            {
                object key = i;
                Timers.StartSingleTimer(key, key, Delay);
                if (i % 2 == 0) { Timers.Cancel(key); }
            }
        }
    }
}
