using Akka.Dispatch;

namespace JoChat.Testing;

/// <summary>The mailboxes that have something to do, of all dispatchers of a system. Which is next is left to chance;
/// the same seed repeats the same choices.</summary>
internal sealed class SeededTurns(int seed)
{
    private readonly Lock _lock = new(); // a task of the thread pool may tell an actor something
    private readonly Random _random = new(seed);
    private readonly List<IRunnable> _waiting = [];

    public void Add(IRunnable turn)
    {
        lock (_lock) { _waiting.Add(turn); }
    }

    /// <returns>False if nothing was to be done.</returns>
    public bool RunNext()
    {
        if (TakeNext() is not { } turn) { return false; }
        turn.Run();
        return true;
    }

    private IRunnable? TakeNext()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0) { return null; }
            var index = _random.Next(_waiting.Count);
            var turn = _waiting[index];
            _waiting[index] = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
            return turn;
        }
    }
}
