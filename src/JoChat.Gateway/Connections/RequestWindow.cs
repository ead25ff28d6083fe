namespace JoChat.Gateway;

/// <summary>Bounds the requests of one connection that are read but not answered, in number and in bytes. A full window
/// stops reading the socket, so that a client that pipelines without end waits in its own TCP buffer.</summary>
internal sealed class RequestWindow(int maxRequests, long maxBytes)
{
    private readonly Lock _lock = new();
    private Sizes _answered; // of the requests that get an answer, which come in order
    private Sizes _settled; // of those that get none, which may overtake the others
    private long _bytes;
    private bool _isClosed;
    private TaskCompletionSource<bool>? _waiting; // the reader; there is only one

    /// <summary>Waits until the request fits. One that is larger than the whole window fits when it is alone.</summary>
    /// <param name="bytes">The size of its body.</param>
    /// <param name="isAnswered">Whether it gets an answer.</param>
    /// <returns>False if the window was closed.</returns>
    public async ValueTask<bool> EnterAsync(int bytes, bool isAnswered = true)
    {
        while (!TryEnter(bytes, isAnswered, out var changed))
        {
            if (!await changed) { return false; }
        }
        return true;
    }

    /// <summary>The oldest request that gets an answer was answered.</summary>
    public void Leave() => Leave(ref _answered);

    /// <summary>The oldest request that gets no answer was handled.</summary>
    public void Settle() => Leave(ref _settled);

    /// <summary>Nothing more will be answered.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Wake(open: false);
        }
    }

    private void Leave(ref Sizes sizes)
    {
        lock (_lock)
        {
            _bytes -= sizes.Take();
            Wake(open: true);
        }
    }

    private bool TryEnter(int bytes, bool isAnswered, out Task<bool> changed)
    {
        lock (_lock)
        {
            changed = Task.FromResult(false);
            if (_isClosed) { return false; }
            var count = _answered.Count + _settled.Count;
            if (count == 0 || (count < maxRequests && _bytes + bytes <= maxBytes))
            {
                if (isAnswered) { _answered.Add(bytes); }
                else { _settled.Add(bytes); }
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

    // First in, first out. One alone, as most are, needs no memory of its own.
    private struct Sizes
    {
        private const int LargestKept = 256;
        private int _oldest;
        private Queue<int>? _others;

        public int Count { get; private set; }

        public void Add(int bytes)
        {
            if (Count++ == 0) { _oldest = bytes; }
            else { (_others ??= new Queue<int>()).Enqueue(bytes); }
        }

        public int Take()
        {
            var oldest = _oldest;
            if (--Count > 0) { _oldest = _others!.Dequeue(); }
            else if (_others?.Capacity > LargestKept) { _others = null; }
            return oldest;
        }
    }
}
