namespace JoChat.Gateway;

/// <summary>Bounds the requests of one connection that are read but not answered, in number and in bytes. At the bound
/// the socket is not read, so that a client that pipelines without end feels back-pressure.</summary>
internal sealed class InFlightRequests(int maxRequests, long maxBytes)
{
    private readonly Lock _lock = new();
    private int _count;
    private long _bytes;
    private bool _isClosed;
    private TaskCompletionSource<bool>? _waiting; // the reader; there is only one

    /// <summary>Waits until a request fits. One that is larger than the bound fits when it is alone.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>False if nothing more may enter.</returns>
    public async ValueTask<bool> EnterAsync(int bytes)
    {
        while (!TryEnter(bytes, out var changed))
        {
            if (!await changed) { return false; }
        }
        return true;
    }

    /// <summary>Waits until all are answered, or nothing more may enter.</summary>
    public async ValueTask EmptyAsync()
    {
        while (IsWaitingFor(out var changed) && await changed) { }
    }

    /// <summary>A request was answered, or handled if it gets no answer.</summary>
    /// <param name="bytes">Its size.</param>
    public void Leave(int bytes)
    {
        lock (_lock)
        {
            _count--;
            _bytes -= bytes;
            Wake(isOpen: true);
        }
    }

    /// <summary>Nothing more may enter.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Wake(isOpen: false);
        }
    }

    private bool TryEnter(int bytes, out Task<bool> changed)
    {
        lock (_lock)
        {
            changed = Task.FromResult(false);
            if (_isClosed) { return false; }
            if (_count == 0 || (_count < maxRequests && _bytes + bytes <= maxBytes))
            {
                _count++;
                _bytes += bytes;
                return true;
            }
            _waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            changed = _waiting.Task;
            return false;
        }
    }

    private bool IsWaitingFor(out Task<bool> changed)
    {
        lock (_lock)
        {
            changed = Task.FromResult(false);
            if (_count == 0 || _isClosed) { return false; }
            _waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            changed = _waiting.Task;
            return true;
        }
    }

    private void Wake(bool isOpen)
    {
        _waiting?.SetResult(isOpen);
        _waiting = null;
    }
}
