namespace JoChat.Actors;

/// <summary>Does the password work of all sessions, a few pieces at a time, each on a thread of its own, so that a storm
/// of logins neither blocks an actor's thread nor takes every core. Work beyond the queue's limit is refused at once, and
/// so is a guess too many.</summary>
internal sealed class PasswordActor : ReceiveActor
{
    private readonly Func<PasswordWork, Reply> _work;
    private readonly Changeable<PasswordOptions> _options;
    private readonly FairQueue _waiting;
    private readonly GuessLimits _guesses;
    private readonly ActorMetrics? _metrics;
    private int _running;

    /// <param name="work">Does a piece of work and gives its answer; runs on another thread.</param>
    /// <param name="options">How much of it at once.</param>
    /// <param name="time">The clock by which guesses are counted.</param>
    /// <param name="metrics">Is told what came of the work; null if nothing is measured.</param>
    public PasswordActor(
        Func<PasswordWork, Reply> work, Changeable<PasswordOptions> options, TimeProvider time, ActorMetrics? metrics)
    {
        (_work, _options, _metrics) = (work, options, metrics);
        _waiting = new FairQueue(options.Of(passwords => passwords.QueueLimit));
        _guesses = new GuessLimits(options, time);

        Handle<PasswordWork>(Accept);
        Handle<WorkDone>(Finish);
        Handle<AskerLeft>(Demote);
    }

    public static Props Props(
        Func<PasswordWork, Reply> work, Changeable<PasswordOptions> options, TimeProvider time,
        ActorMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new PasswordActor(work, options, time, metrics));

    private void Handle<TMessage>(Action<TMessage> handle) => Receive<TMessage>(message =>
    {
        handle(message);
        _metrics?.NoteWaitingPasswords(_waiting.Count);
    });

    private void Accept(PasswordWork work)
    {
        if (work is VerifyPassword { IsUsual: true }) { _guesses.NoteUsual(work.Origin); }
        var asked = new WaitingWork(Sender, work, _guesses.IsUsual(work.Origin));
        if (IsGuessTooMany(asked)) { return; }
        if (_running < _options.Value.Workers)
        {
            _waiting.NoteTurn(asked);
            Begin(asked);
        }
        else if (_waiting.Add(asked) is { } displaced)
        {
            _metrics?.NotePassword(PasswordResult.Busy);
            displaced.Asker.Tell(new PasswordWorkRefused(displaced.Work.Request));
        }
    }

    // What waits may be right, and then it is no guess: it counts when its turn comes, if it may come then.
    private void Begin(WaitingWork next)
    {
        if (IsGuessTooMany(next)) { return; }
        if (next.Work is VerifyPassword) { _guesses.Take(next.Work.Origin); }
        _running++;
        LowPriorityThread.RunAsync(() => _work(next.Work)).PipeTo(
            Self,
            success: answer => new WorkDone(next, answer),
            failure: fault => new WorkDone(next, new PasswordWorkFailed(next.Work.Request, fault)));
    }

    private void Finish(WorkDone done)
    {
        _running--;
        if (done.Answer is PasswordVerified { IsRight: true }) { _guesses.NoteRight(done.Of.Work.Origin); }
        Note(done.Answer);
        done.Of.Asker.Tell(done.Answer);
        while (_running < _options.Value.Workers && _waiting.TryTake(out var next)) { Begin(next); }
    }

    private bool IsGuessTooMany(WaitingWork asked)
    {
        if (asked.Work is not VerifyPassword || _guesses.WaitOf(asked.Work.Origin) is not { Ticks: > 0 } wait)
        {
            return false;
        }
        _metrics?.NotePassword(PasswordResult.RateLimited);
        asked.Asker.Tell(new TooManyGuesses(asked.Work.Request, wait));
        return true;
    }

    private void Note(Reply answer)
    {
        switch (answer)
        {
            case PasswordVerified { IsRight: var isRight }:
                _metrics?.NotePassword(isRight ? PasswordResult.Right : PasswordResult.Wrong);
                break;
            case PasswordHashed: _metrics?.NotePassword(PasswordResult.Hashed); break;
        }
    }

    private void Demote(AskerLeft left)
    {
        if (_waiting.Find(Sender) is not { } work) { return; }
        if (left.IsGone) { _waiting.Remove(work); }
        else { work.HasLeft = true; }
    }

    private sealed record WorkDone(WaitingWork Of, Reply Answer);
}
