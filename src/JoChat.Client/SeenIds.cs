namespace JoChat.Client;

/// <summary>Remembers the newest message ids, for deduplication.</summary>
/// <remarks>Not safe for use by several threads.</remarks>
/// <param name="capacity">How many ids are remembered, ≥ 1; the oldest is forgotten first.</param>
internal sealed class SeenIds(int capacity)
{
    private readonly HashSet<long> _ids = [];
    private readonly Queue<long> _order = [];

    /// <summary>How many ids are remembered. It only rises.</summary>
    public int Capacity { get; private set; } = capacity;

    /// <summary>Raises the capacity to at least this.</summary>
    public void Grow(int capacity) => Capacity = Math.Max(Capacity, capacity);

    /// <summary>Adds an id.</summary>
    /// <returns>False if it was there already.</returns>
    public bool Add(long id)
    {
        if (!_ids.Add(id)) { return false; }
        if (_order.Count == Capacity) { _ids.Remove(_order.Dequeue()); }
        _order.Enqueue(id);
        return true;
    }
}
