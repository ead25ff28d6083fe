namespace JoChat.Benchmarks;

/// <summary>What became of the actors of one run.</summary>
internal sealed class Tally
{
    private int _handled;
    private int _stopped;

    public int Handled => _handled;

    public int Stopped => _stopped;

    /// <summary>Counted by the parent.</summary>
    public int Terminated { get; set; }

    /// <summary>Bytes alive while all actors were.</summary>
    public long Bytes { get; set; }

    public int CountHandled() => Interlocked.Increment(ref _handled);

    public void CountStopped() => Interlocked.Increment(ref _stopped);
}

/// <summary>Makes children, watches them and tells each one message; later stops them. Answers when all is
/// done.</summary>
internal sealed class Nursery : ReceiveActor
{
    private IActorRef _asker = ActorRefs.Nobody;
    private int _left;

    public Nursery(Tally tally)
    {
        Receive<Spawn>(spawn =>
        {
            (_asker, _left) = (Sender, spawn.Count);
            var props = Props.Create(() => new Child(tally));
            var hello = new Hello(spawn.Count);
            for (var i = 0; i < spawn.Count; i++) { Context.Watch(Context.ActorOf(props)).Tell(hello); }
        });
        Receive<AllHandled>(all => _asker.Tell(all));
        Receive<StopAll>(_ =>
        {
            _asker = Sender;
            foreach (var child in Context.GetChildren()) { Context.Stop(child); }
        });
        Receive<Terminated>(_ =>
        {
            tally.Terminated++;
            if (--_left == 0) { _asker.Tell(StopAll.Instance); }
        });
        Receive<CountChildren>(_ => Sender.Tell(Context.GetChildren().Count()));
    }

    internal sealed record Spawn(int Count);

    internal sealed record StopAll
    {
        public static StopAll Instance { get; } = new();
    }

    internal sealed record CountChildren
    {
        public static CountChildren Instance { get; } = new();
    }

    private sealed record Hello(int Siblings);

    private sealed record AllHandled;

    private sealed class Child : ReceiveActor
    {
        private readonly Tally _tally;

        public Child(Tally tally)
        {
            _tally = tally;
            Receive<Hello>(hello =>
            {
                if (tally.CountHandled() == hello.Siblings) { Context.Parent.Tell(new AllHandled()); }
            });
        }

        protected override void PostStop() => _tally.CountStopped();
    }
}
