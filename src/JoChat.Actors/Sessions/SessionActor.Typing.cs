using JoChat.Protocol;

namespace JoChat.Actors;

// What the client says of its typing: a flood of it ends here.
internal sealed partial class SessionActor
{
    private TypingRelay? _typing; // of the login, once it has said something
    private ICancelable? _typingLater; // null while no state waits

    private static TimeSpan Clock => Context.System.Scheduler.MonotonicClock;

    private object Thin(object judged)
    {
        if (judged is not RelayTyping typing || (_typing ??= new TypingRelay()).TryPass(typing, Clock)) { return judged; }
        PassTypingLater();
        return new TypingNoted();
    }

    private void PassTyping()
    {
        _typingLater = null;
        if (_typing is null) { return; }
        foreach (var typing in _typing.TakeDue(Clock))
        {
            services.Persistence.Tell(typing with { Request = 0 }, Self); // it is answered
        }
        PassTypingLater();
    }

    private void PassTypingLater()
    {
        if (_typingLater is not null || _typing is not { AnyWaits: true }) { return; }
        _typingLater = Context.System.Scheduler.ScheduleTellOnceCancelable(
            TypingRelay.Interval, Self, TypingDue.Instance, Self);
    }

    private void StopTyping()
    {
        _typingLater?.Cancel();
        (_typing, _typingLater) = (null, null);
    }

    private sealed record TypingDue : INotInfluenceReceiveTimeout
    {
        public static TypingDue Instance { get; } = new();
    }
}
