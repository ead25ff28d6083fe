namespace JoChat.Actors;

/// <summary>What a message costs the actor that receives it.</summary>
internal interface IWeighed
{
    /// <summary>About how many KiB of content could be stored in the same time; ≥ 1, which is what any other message
    /// counts.</summary>
    int Weight { get; }
}

/// <summary>A message that waits until nothing else does, or for <see cref="FairTurns.MostBeforeLast"/>.</summary>
internal interface IComesLast;

/// <summary>Messages of many senders, who take turns: each may send so much in a turn (deficit round robin, Shreedhar
/// and Varghese 1995). One sender's messages keep their order. One thread only.</summary>
internal sealed class FairTurns
{
    /// <summary>How much weight goes before a message that comes last, if there is always something waiting.</summary>
    public const int MostBeforeLast = 16 * Turn;

    /// <summary>The weight that a sender may send in a turn.</summary>
    public const int Turn = 64;

    private const int MaxSpare = 64, MaxSpareCapacity = 64;

    private static readonly object NoSender = new();

    // By the sender's reference: an actor has one, and comparing paths would cost more than most messages do.
    private readonly Dictionary<object, Lane> _lanes = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<Lane> _waiting = new(); // whose turn it is first
    private readonly Queue<Envelope> _last = new();
    private readonly Stack<Lane> _spare = new();
    private int _beforeLast;

    /// <summary>How many messages wait.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a message behind its sender's others.</summary>
    public void Add(Envelope envelope)
    {
        Count++;
        if (envelope.Message is IComesLast)
        {
            if (_last.Count == 0) { _beforeLast = 0; }
            _last.Enqueue(envelope);
            return;
        }
        var sender = (object?)envelope.Sender ?? NoSender;
        if (!_lanes.TryGetValue(sender, out var lane))
        {
            lane = _spare.TryPop(out var spare) ? spare : new Lane();
            (lane.Sender, lane.Credit) = (sender, Turn);
            _lanes.Add(sender, lane);
            _waiting.Enqueue(lane);
        }
        lane.Messages.Enqueue(envelope);
    }

    /// <summary>Takes the message whose turn it is.</summary>
    /// <returns>False if none waits.</returns>
    public bool TryTake(out Envelope envelope)
    {
        if (_last.Count > 0 && (_waiting.Count == 0 || _beforeLast >= MostBeforeLast))
        {
            envelope = _last.Dequeue();
            (_beforeLast, Count) = (0, Count - 1);
            return true;
        }
        if (_waiting.Count == 0)
        {
            envelope = default;
            return false;
        }
        envelope = TakeInTurn();
        Count--;
        return true;
    }

    private Envelope TakeInTurn()
    {
        while (true)
        {
            var lane = _waiting.Peek();
            var weight = lane.Messages.Peek().Message is IWeighed weighed ? weighed.Weight : 1;
            if (lane.Credit < weight)
            {
                lane.Credit += Turn;
                _waiting.Enqueue(_waiting.Dequeue());
                continue;
            }
            lane.Credit -= weight;
            _beforeLast += weight;
            var envelope = lane.Messages.Dequeue();
            if (lane.Messages.Count == 0) { Remove(_waiting.Dequeue()); }
            return envelope;
        }
    }

    private void Remove(Lane lane)
    {
        _lanes.Remove(lane.Sender!);
        lane.Sender = null;
        if (_spare.Count < MaxSpare && lane.Messages.Capacity <= MaxSpareCapacity) { _spare.Push(lane); }
    }

    private sealed class Lane
    {
        public object? Sender;
        public int Credit;
        public Queue<Envelope> Messages { get; } = new();
    }
}
