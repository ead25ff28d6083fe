namespace JoChat.ActorEngine.TestKit;

/// <summary>To a test actor: watch, or end the watch.</summary>
internal sealed record SetWatch(IActorRef Subject, bool IsOn, TaskCompletionSource Done);

/// <summary>To a test actor: let through only what this does not say to ignore.</summary>
internal sealed record SetIgnore(Func<object, bool>? Ignores);

/// <summary>To a test actor: have this answer.</summary>
internal sealed record SetAutoPilot(AutoPilot AutoPilot);

/// <summary>Queues what it is told for the test.</summary>
internal sealed class InternalTestActor(ReceivedMessages received) : UntypedActor
{
    private Func<object, bool>? _ignores;
    private AutoPilot _autoPilot = AutoPilot.NoAutoPilot;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SetWatch { IsOn: true } watch:
                Context.Watch(watch.Subject);
                watch.Done.SetResult();
                break;
            case SetWatch watch:
                Context.Unwatch(watch.Subject);
                watch.Done.SetResult();
                break;
            case SetIgnore ignore:
                _ignores = ignore.Ignores;
                break;
            case SetAutoPilot pilot:
                _autoPilot = pilot.AutoPilot;
                break;
            default:
                Queue(message);
                break;
        }
    }

    private void Queue(object message)
    {
        var next = _autoPilot.Run(Sender, message);
        if (next is not KeepRunning) { _autoPilot = next; }
        if (_ignores?.Invoke(message) != true) { received.Add(new Envelope(message, Sender)); }
    }
}
