namespace JoChat.Load.Torture;

/// <summary>What a client has to send, in order, over all its connections. Thread-safe.</summary>
internal sealed class Outbox
{
    private readonly Lock _gate = new();
    private readonly List<SentMessage> _unanswered = []; // in the order of sending; the first are in flight
    private readonly Queue<SentMessage> _refused = [];
    private int _inFlight;

    /// <summary>Whether everything is acknowledged.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate) { return _unanswered.Count == 0 && _refused.Count == 0; }
        }
    }

    /// <summary>How many sends await their answer, or are to be sent again.</summary>
    public int Count
    {
        get
        {
            lock (_gate) { return _unanswered.Count + _refused.Count; }
        }
    }

    /// <summary>A new connection: nothing is in flight on it.</summary>
    public void Reconnected()
    {
        lock (_gate) { _inFlight = 0; }
    }

    /// <summary>What to send next: first what was not answered on the connection before, then what was refused, then
    /// something new.</summary>
    /// <param name="create">Makes something new, or null if there is to be nothing new.</param>
    /// <param name="isResend">Whether it was sent before.</param>
    public SentMessage? Next(Func<SentMessage?> create, out bool isResend)
    {
        lock (_gate)
        {
            isResend = _inFlight < _unanswered.Count;
            if (isResend) { return _unanswered[_inFlight++]; }
            isResend = _refused.TryDequeue(out var message);
            message ??= create();
            if (message is null) { return null; }
            _unanswered.Add(message);
            _inFlight++;
            return message;
        }
    }

    /// <summary>The oldest send in flight was answered: answers come in the order of the sends.</summary>
    /// <param name="isStored">Whether it is stored; else it is sent again.</param>
    public SentMessage Answered(bool isStored)
    {
        lock (_gate)
        {
            var message = _unanswered[0];
            _unanswered.RemoveAt(0);
            _inFlight--;
            if (!isStored) { _refused.Enqueue(message); }
            return message;
        }
    }
}
