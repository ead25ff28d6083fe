using System.Text;

namespace JoChat.Storage;

/// <summary>Limits a list of messages to a size.</summary>
internal struct ByteBudget(int maxBytes)
{
    private long _bytes;
    private bool _isBegun;

    /// <summary>Adds a message's size; false if it does not fit any more. The first always fits.</summary>
    public bool TryAdd(string content)
    {
        _bytes += IChatStore.BytesBesideContent + Encoding.UTF8.GetByteCount(content);
        if (_isBegun && _bytes > maxBytes) { return false; }
        return _isBegun = true;
    }
}
