namespace JoChat.Client;

/// <summary>Remembers the newest ids of messages, so that one delivered twice is shown once.</summary>
/// <remarks>Owned by the connection's reading loop; not safe for use by several threads.</remarks>
/// <param name="capacity">How many ids are remembered, ≥ 1; the oldest is forgotten first.</param>
internal sealed class SeenIds(int capacity)
{
    private readonly HashSet<long> _ids = new(capacity);
    private readonly Queue<long> _order = new(capacity);

    /// <summary>Adds an id.</summary>
    /// <returns>False if it was there already.</returns>
    public bool Add(long id)
    {
        if (!_ids.Add(id)) { return false; }
        if (_order.Count == capacity) { _ids.Remove(_order.Dequeue()); }
        _order.Enqueue(id);
        return true;
    }
}
