namespace JoChat.Link;

/// <summary>Bytes in the order they were added.</summary>
internal sealed class ByteQueue
{
    private const int MaxKept = 256 * 1024; // of memory, when it is empty

    private byte[] _bytes = [];
    private int _start;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All of them, until the next call.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, Count);

    /// <summary>Adds so many, for the caller to fill.</summary>
    public Span<byte> Add(int count)
    {
        var end = _start + Count;
        if (end + count > _bytes.Length)
        {
            // Moved within the array only if that makes room for as much again.
            var isRoomy = Count + count <= _bytes.Length / 2;
            var place = isRoomy ? _bytes : new byte[Math.Max(2 * _bytes.Length, Count + count)];
            Bytes.CopyTo(place);
            (_bytes, _start, end) = (place, 0, Count);
        }
        Count += count;
        return _bytes.AsSpan(end, count);
    }

    /// <summary>Removes the first.</summary>
    public void Remove(int count)
    {
        (_start, Count) = (_start + count, Count - count);
        if (Count > 0) { return; }
        _start = 0;
        if (_bytes.Length > MaxKept) { _bytes = []; }
    }
}
