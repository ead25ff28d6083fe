using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>The messages that were pushed and are not delivered yet: their ids and sizes, never their texts. Full, it
/// takes no more until it is half empty, so that a client that acknowledges one by one does not make the store be read
/// one by one.</summary>
/// <param name="maxMessages">Most messages.</param>
/// <param name="maxBytes">Most bytes of content, but for a single longer message.</param>
internal sealed class DeliveryWindow(int maxMessages, int maxBytes)
{
    private const int FirstCapacity = 16;

    // A ring, ascending by id. It grows with what is in it, and an empty window that was large gives it back.
    private Entry[] _entries = [];
    private int _oldest;
    private int _count;
    private long _bytes;

    /// <summary>Whether it was full and is not half empty yet.</summary>
    public bool IsFull { get; private set; }

    public int FreeMessages => maxMessages - _count;

    public int FreeBytes => (int)Math.Max(0, maxBytes - _bytes);

    /// <summary>The oldest message; null if there is none.</summary>
    public MessageId? Oldest => _count > 0 ? At(0).Id : null;

    /// <summary>Whether a message may be pushed. If not, the window counts as full.</summary>
    public bool TryFit(int bytes)
    {
        if (_count > 0 && (_count >= maxMessages || _bytes + bytes > maxBytes)) { IsFull = true; }
        return !IsFull;
    }

    /// <summary>Adds a message.</summary>
    /// <param name="id">Above all that were added before.</param>
    /// <param name="sender">Whose it is.</param>
    /// <param name="bytes">The size of its content.</param>
    public void Add(MessageId id, AccountId sender, int bytes)
    {
        if (_count == _entries.Length) { Resize(Math.Max(FirstCapacity, 2 * _count)); }
        At(_count++) = new Entry(id, sender, bytes, IsAcknowledged: false);
        _bytes += bytes;
        if (_count >= maxMessages || _bytes >= maxBytes) { IsFull = true; }
    }

    /// <summary>Notes that a message has come. One that is not here is ignored.</summary>
    public void Acknowledge(long id)
    {
        var place = Find(id);
        if (place < _count && At(place).Id.Value == id) { At(place).IsAcknowledged = true; }
    }

    /// <summary>Takes out what is delivered: acknowledged, with everything before it.</summary>
    /// <returns>Ascending; empty if the oldest is not acknowledged.</returns>
    public DeliveredMessages TakeAcknowledged()
    {
        var count = 0;
        while (count < _count && At(count).IsAcknowledged) { count++; }
        return Take(count);
    }

    /// <summary>Takes out everything up to an id.</summary>
    public DeliveredMessages TakeThrough(long id) => Take(id == long.MaxValue ? _count : Find(id + 1));

    public void Clear()
    {
        (_entries, _oldest, _count, _bytes) = ([], 0, 0, 0);
        IsFull = false;
    }

    private DeliveredMessages Take(int count)
    {
        if (count == 0) { return default; }
        var delivered = new DeliveredMessages(Message(count - 1), Earlier(count - 1));
        for (var i = 0; i < count; i++) { _bytes -= At(i).Bytes; }
        _oldest = (_oldest + count) % _entries.Length;
        _count -= count;
        if (_count == 0 && _entries.Length > FirstCapacity) { Clear(); }
        if (IsFull && IsHalfEmpty) { IsFull = false; }
        return delivered;
    }

    // Room for half of the messages, and for the longest one: the next page surely fits.
    private bool IsHalfEmpty => _count == 0
        || (_count <= maxMessages / 2 && FreeBytes >= Math.Min(Limits.MaxContentBytes, maxBytes / 2));

    private ImmutableArray<DeliveredMessage> Earlier(int count)
    {
        if (count == 0) { return []; }
        var earlier = ImmutableArray.CreateBuilder<DeliveredMessage>(count);
        for (var i = 0; i < count; i++) { earlier.Add(Message(i)); }
        return earlier.MoveToImmutable();
    }

    private DeliveredMessage Message(int place) => new(At(place).Id, At(place).Sender);

    // The place of the first id that is not below this one.
    private int Find(long id)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Id.Value < id) { low = middle + 1; }
            else { high = middle; }
        }
        return low;
    }

    private ref Entry At(int place) => ref _entries[(_oldest + place) % _entries.Length];

    private void Resize(int capacity)
    {
        var larger = new Entry[capacity];
        for (var i = 0; i < _count; i++) { larger[i] = At(i); }
        (_entries, _oldest) = (larger, 0);
    }

    private record struct Entry(MessageId Id, AccountId Sender, int Bytes, bool IsAcknowledged);
}

/// <summary>Messages that were delivered together, ascending. Default: none.</summary>
/// <param name="Newest">The newest.</param>
/// <param name="Earlier">The others, apart from it so that a lone message needs no array.</param>
internal readonly record struct DeliveredMessages(DeliveredMessage Newest, ImmutableArray<DeliveredMessage> Earlier)
{
    public bool IsNone => Newest.Id == default;
}
