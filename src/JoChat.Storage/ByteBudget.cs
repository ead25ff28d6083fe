using System.Text;

namespace JoChat.Storage;

/// <summary>Limits a list of messages to a size: for each its content in UTF-8 and
/// <see cref="IChatStore.BytesBesideContent"/>. The first message always fits.</summary>
/// <remarks>A list that takes several calls has one budget for all of them.</remarks>
/// <param name="maxBytes">The size.</param>
public sealed class ByteBudget(int maxBytes)
{
    private long _bytes;
    private bool _isBegun;

    /// <summary>Whether a message did not fit: the list ends before it.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>How many bytes are left; below 0 if a message did not fit.</summary>
    internal long Left => maxBytes - _bytes;

    /// <summary>Adds a message's size; false if it does not fit any more.</summary>
    public bool TryAdd(string content)
    {
        _bytes += IChatStore.BytesBesideContent + Encoding.UTF8.GetByteCount(content);
        IsSpent |= _isBegun && _bytes > maxBytes;
        _isBegun = true;
        return !IsSpent;
    }
}
