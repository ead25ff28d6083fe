using System.Text;

namespace JoChat.Storage;

/// <summary>Keeps a list of messages within a size.</summary>
internal struct ByteBudget(int maxBytes)
{
    private long _bytes;
    private bool _isBegun;

    /// <summary>Takes a message into the list; false if it does not fit any more. The first always fits.</summary>
    public bool TryTake(string content)
    {
        _bytes += IChatStore.BytesBesideContent + Encoding.UTF8.GetByteCount(content);
        if (_isBegun && _bytes > maxBytes) { return false; }
        return _isBegun = true;
    }
}
