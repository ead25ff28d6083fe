namespace JoChat.ActorEngine.Tests;

/// <summary>An actor that a test writes in place.</summary>
public sealed class LambdaActor : ReceiveActor, IWithTimers, IWithStash, IDisposable
{
    public LambdaActor(Action<LambdaActor> configure) => configure(this);

    public static Props Of(Action<LambdaActor> configure) => Props.Create(() => new LambdaActor(configure));

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    public IActorContext Ctx { get; } = Context;

    public IActorRef Me => Self;

    public IActorRef From => Sender;

    public Action? OnStart { get; set; }

    public Action? OnStop { get; set; }

    public Action<Exception, object>? OnPreRestart { get; set; }

    public Action<Exception>? OnPostRestart { get; set; }

    public Action? OnDispose { get; set; }

    public SupervisorStrategy? Strategy { get; set; }

    public void On<T>(Action<T> handler, Predicate<T>? when = null) => Receive(handler, when);

    public void OnAsync<T>(Func<T, Task> handler, Predicate<T>? when = null) => ReceiveAsync(handler, when);

    public void OnAny(Action<object> handler) => ReceiveAny(handler);

    public void Switch(Action configure) => Become(configure);

    public void SwitchStacked(Action configure) => BecomeStacked(configure);

    public void SwitchBack() => UnbecomeStacked();

    public void DefaultPreRestart(Exception reason, object message) => base.PreRestart(reason, message);

    public void Dispose() => OnDispose?.Invoke();

    protected override void PreStart() => OnStart?.Invoke();

    protected override void PostStop() => OnStop?.Invoke();

    protected override SupervisorStrategy SupervisorStrategy() => Strategy ?? base.SupervisorStrategy();

    protected override void PreRestart(Exception reason, object message)
    {
        if (OnPreRestart is { } hook) { hook(reason, message); }
        else { base.PreRestart(reason, message); }
    }

    protected override void PostRestart(Exception reason)
    {
        OnPostRestart?.Invoke(reason);
        base.PostRestart(reason);
    }
}
