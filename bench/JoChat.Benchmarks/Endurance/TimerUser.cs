namespace JoChat.Benchmarks;

/// <summary>What was told by timers. One thread counts.</summary>
internal sealed class Ticks
{
    public long Periodic { get; set; }

    public long Single { get; set; }

    public long Idle { get; set; }

    public long Scheduled { get; set; }
}

/// <summary>Uses every way to be told something later, again at each tick of a periodic timer: some of it fires, some
/// is replaced and some taken back.</summary>
internal sealed class TimerUser : ReceiveActor, IWithTimers
{
    private readonly TimeSpan _interval;
    private ICancelable? _repetition;

    public TimerUser(TimeSpan interval, Ticks ticks)
    {
        _interval = interval;
        Receive<Tick>(_ =>
        {
            ticks.Periodic++;
            StartMore();
        });
        Receive<ReceiveTimeout>(_ => ticks.Idle++);
        Receive<Once>(_ => ticks.Single++);
        Receive<Told>(_ => ticks.Scheduled++);
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by the engine before the constructor

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", Tick.Instance, _interval);
        SetReceiveTimeout(_interval / 4);
    }

    private void StartMore()
    {
        var never = TimeSpan.FromHours(48);
        Timers.StartSingleTimer(new object(), Once.Instance, _interval / 2);
        Timers.StartSingleTimer("replaced", Once.Instance, never);
        Timers.StartSingleTimer("cancelled", Once.Instance, never);
        Timers.Cancel("cancelled");

        var scheduler = Context.System.Scheduler;
        _repetition?.Cancel();
        _repetition = scheduler.ScheduleTellRepeatedlyCancelable(_interval / 3, never, Self, Told.Instance, Self);
        scheduler.ScheduleTellOnceCancelable(never, Self, Told.Instance, Self).Cancel();
        scheduler.ScheduleTellOnce(_interval / 3, Self, Told.Instance, Self, _repetition);
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }

    private sealed record Once
    {
        public static Once Instance { get; } = new();
    }

    private sealed record Told : INotInfluenceReceiveTimeout
    {
        public static Told Instance { get; } = new();
    }
}
