namespace JoChat.Gateway;

/// <summary>Bounds the requests of one connection that are read but not answered, in number and in bytes. A full window
/// stops reading the socket, so that a client that pipelines without end waits in its own TCP buffer.</summary>
internal sealed class RequestWindow(int maxRequests, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<int> _sizes = new(); // of the requests in the window; they are answered in order
    private long _bytes;
    private bool _isClosed;
    private TaskCompletionSource<bool>? _waiting; // the reader; there is only one

    /// <summary>Waits until the request fits. One that is larger than the whole window fits when it is alone.</summary>
    /// <param name="bytes">The size of its body.</param>
    /// <returns>False if the window was closed.</returns>
    public async ValueTask<bool> EnterAsync(int bytes)
    {
        while (!TryEnter(bytes, out var changed))
        {
            if (!await changed) { return false; }
        }
        return true;
    }

    /// <summary>The oldest request was answered, or one that has no answer was handled.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _bytes -= _sizes.Dequeue();
            Wake(open: true);
        }
    }

    /// <summary>Nothing more will be answered.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Wake(open: false);
        }
    }

    private bool TryEnter(int bytes, out Task<bool> changed)
    {
        lock (_lock)
        {
            changed = Task.FromResult(false);
            if (_isClosed) { return false; }
            if (_sizes.Count == 0 || (_sizes.Count < maxRequests && _bytes + bytes <= maxBytes))
            {
                _sizes.Enqueue(bytes);
                _bytes += bytes;
                return true;
            }
            _waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            changed = _waiting.Task;
            return false;
        }
    }

    private void Wake(bool open)
    {
        _waiting?.SetResult(open);
        _waiting = null;
    }
}
