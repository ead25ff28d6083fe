namespace JoChat.Actors;

/// <summary>Does the password work of all sessions on the thread pool, a few at a time, so that a storm of logins
/// neither blocks an actor's thread nor takes every core. Work beyond the queue's limit is refused at once.</summary>
internal sealed class PasswordActor : ReceiveActor
{
    private readonly Func<PasswordWork, Reply> _work;
    private readonly PasswordOptions _options;
    private readonly Queue<(IActorRef Asker, PasswordWork Work)> _waiting = new();
    private int _running;

    /// <param name="work">Does a piece of work and gives its answer; runs on the thread pool.</param>
    /// <param name="options">How much of it at once.</param>
    public PasswordActor(Func<PasswordWork, Reply> work, PasswordOptions options)
    {
        (_work, _options) = (work, options);

        Receive<PasswordWork>(work => Accept(work));
        Receive<WorkDone>(done => Finish(done));
    }

    public static Props Props(Func<PasswordWork, Reply> work, PasswordOptions options) =>
        Akka.Actor.Props.Create(() => new PasswordActor(work, options));

    private void Accept(PasswordWork work)
    {
        if (_running < _options.Workers) { Start(Sender, work); }
        else if (_waiting.Count < _options.QueueLimit) { _waiting.Enqueue((Sender, work)); }
        else { Sender.Tell(new PasswordWorkRefused(work.Request)); }
    }

    private void Start(IActorRef asker, PasswordWork work)
    {
        _running++;
        Task.Run(() => _work(work)).PipeTo(
            Self,
            success: answer => new WorkDone(asker, answer),
            failure: fault => new WorkDone(asker, new PasswordWorkFailed(work.Request, fault)));
    }

    private void Finish(WorkDone done)
    {
        _running--;
        done.Asker.Tell(done.Answer);
        if (_waiting.TryDequeue(out var next)) { Start(next.Asker, next.Work); }
    }

    private sealed record WorkDone(IActorRef Asker, Reply Answer);
}
