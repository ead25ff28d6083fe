using Akka.Actor;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>What is between a client's transport and its session. What the session sends while a write to the socket is
/// under way is collected and goes out with the next one, so a burst of responses is one write.</summary>
internal sealed class ClientConnection(IClientTransport transport, ConnectionServices services)
    : IClientConnection, IThreadPoolWorkItem
{
    // So long that it takes some time to decode: others may go first before the next one.
    private const int LongRequest = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Under the lock; written by the session's thread and by the writing task.
    private readonly OutputBuffer _buffer = new();
    private ServerEvent? _newestEvent;
    private int _flushing; // taken by the transport
    private bool _isWriting;
    private bool _isClosing;

    private volatile bool _hasRoom = true;
    private IActorRef? _session; // set once, before anything is read; null if the client is refused

    /// <inheritdoc/>
    public bool HasRoom => _hasRoom;

    /// <inheritdoc/>
    public ClientAddress Address => transport.Admission.Address;

    /// <summary>Completes when the session has closed the connection and all was written that could be.</summary>
    public Task Closed => _closed.Task;

    /// <summary>The requests that are read but not answered.</summary>
    public InFlightRequests InFlight { get; } = new(services.Options.MaxRequestsInFlight, services.Options.MaxFrameBytes);

    /// <summary>What is kept for it.</summary>
    public HeldMemory Memory { get; } = new(
        services.Memory, transport.Admission.Address,
        // What follows a cut runs at once, on a thread that may hold the lock of another connection.
        () => ThreadPool.UnsafeQueueUserWorkItem(static transport => transport.Abort(), transport, preferLocal: false));

    /// <summary>Longest request accepted, in bytes: a guest has little to say.</summary>
    public int MaxRequestBytes => transport.Admission.IsGuest
        ? Math.Min(GatewayOptions.MaxGuestFrameBytes, services.Options.MaxFrameBytes) : services.Options.MaxFrameBytes;

    /// <summary>Waits until it is known whether a request that is too long for a guest may come: behind a login that is
    /// under way it may.</summary>
    /// <returns>Whether it is no longer too long.</returns>
    public async ValueTask<bool> MayGrowAsync()
    {
        if (!transport.Admission.IsGuest) { return false; }
        await InFlight.EmptyAsync();
        return !transport.Admission.IsGuest;
    }

    public void BindTo(IActorRef session) => _session = session;

    /// <summary>Reads until the client ends its input, the connection is to be closed, or a request cannot be told from
    /// the next.</summary>
    public Task ReadRequestsAsync() => transport.ReadRequestsAsync(this);

    /// <summary>Tells the session a request as soon as it may be in flight; or, if too much is kept, that it is refused.
    /// </summary>
    /// <returns>False if it was not told, and no other will be.</returns>
    public async ValueTask<bool> TellAsync(Request request, int size)
    {
        if (!await InFlight.EnterAsync(size)) { return false; }
        Memory.Add(size);
        var isServed = request is Acknowledge || services.Memory.Admits(Memory);
        var told = new ClientRequest(isServed ? request : Refusals.BusyInsteadOf(request), size)
        {
            ReadAt = services.Metrics?.TimeOf(request) ?? 0,
        };
        _session?.Tell(told, ActorRefs.NoSender);
        if (size >= LongRequest) { await Task.Yield(); }
        return true;
    }

    /// <inheritdoc/>
    public int Answer(ClientRequest request, Response response)
    {
        Leave(request);
        services.Metrics?.NoteAnswer(request, response);
        return Write(response.AsAnswerTo(request.Request), news: null);
    }

    /// <inheritdoc/>
    public void Settle(ClientRequest request)
    {
        Leave(request);
        services.Metrics?.NoteSettled(request);
    }

    /// <inheritdoc/>
    public void Send(ServerEvent news)
    {
        services.Metrics?.NoteSent(news);
        Write(news, news);
    }

    /// <inheritdoc/>
    public void NoteLogin(bool isLoggedIn) => transport.Admission.Become(isGuest: !isLoggedIn);

    /// <inheritdoc/>
    public void Close()
    {
        lock (_lock)
        {
            _isClosing = true;
            if (!_isWriting) { _closed.TrySetResult(); }
        }
        StopReading();
        _ = AbortLaterAsync();
    }

    /// <summary>Says why the client is not served, and closes.</summary>
    public void Refuse(Refused refusal)
    {
        Write(refusal, news: null);
        Close();
    }

    /// <summary>Reads no more, even if the client sends nothing.</summary>
    public void StopReading()
    {
        InFlight.Close();
        transport.StopReading();
    }

    private void Leave(ClientRequest request)
    {
        InFlight.Leave(request.Bytes);
        Memory.Add(-request.Bytes);
    }

    private int Write(ServerMessage message, ServerEvent? news)
    {
        int size;
        lock (_lock)
        {
            if (_isClosing) { return 0; }
            var before = _buffer.Length;
            transport.Write(message, _buffer);
            size = _buffer.Length - before;
            Memory.Add(size);
            _newestEvent = news ?? _newestEvent;
            if (_buffer.Length > services.Options.OutputBufferBytes) { Stall(); }
            if (_isWriting) { return size; }
            _isWriting = true;
        }
        // Not at once, or what the session sends next would be a write of its own; but before what others ask.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        return size;
    }

    // Begins to write what is collected by now.
    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    // A client that does not read its last answers must not keep the connection for ever.
    private async Task AbortLaterAsync()
    {
        try
        {
            await Closed.WaitAsync(services.Options.CloseTimeout);
        }
        catch (TimeoutException)
        {
            transport.Abort();
        }
    }

    private async Task WriteAsync()
    {
        while (TakeBuffered(out var newestEvent))
        {
            if (!await FlushAsync())
            {
                GiveUp();
                return;
            }
            if (TryMakeRoom() || newestEvent is not null)
            {
                _session?.Tell(new OutputWritten(newestEvent), ActorRefs.NoSender);
            }
        }
    }

    // Whether there is room again. What was sent meanwhile may have used it up; then a later write makes room.
    private bool TryMakeRoom()
    {
        lock (_lock)
        {
            if (_hasRoom || _buffer.Length > services.Options.OutputBufferBytes) { return false; }
            GoOn();
            return true;
        }
    }

    // Under the lock.
    private void Stall()
    {
        if (_hasRoom) { services.Metrics?.NoteStalled(); }
        _hasRoom = false;
    }

    // Under the lock.
    private void GoOn()
    {
        if (!_hasRoom) { services.Metrics?.NoteGoesOn(); }
        _hasRoom = true;
    }

    private bool TakeBuffered(out ServerEvent? newestEvent)
    {
        lock (_lock)
        {
            (newestEvent, _newestEvent) = (_newestEvent, null);
            _isWriting = _buffer.Length > 0;
            Memory.Add(-_flushing);
            _flushing = _buffer.Length;
            if (_isWriting) { transport.Take(_buffer); }
            else if (_isClosing) { _closed.TrySetResult(); }
            return _isWriting;
        }
    }

    // False if the client is gone.
    private async Task<bool> FlushAsync()
    {
        try
        {
            var flushed = await transport.FlushAsync();
            return !flushed.IsCompleted && !flushed.IsCanceled;
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            return false;
        }
    }

    // Nobody reads any more: drop what is sent from now on, and let the session go on as if there were room.
    private void GiveUp()
    {
        lock (_lock)
        {
            _isClosing = true;
            _isWriting = false;
            Memory.Add(-_flushing - _buffer.Length);
            _flushing = 0;
            _buffer.Clear();
            _closed.TrySetResult();
            GoOn();
        }
        _session?.Tell(new OutputWritten(null), ActorRefs.NoSender);
        transport.StopReading();
    }
}

/// <summary>What surrounds every connection.</summary>
/// <param name="Settings">What a connection may use.</param>
/// <param name="Memory">Counts what connections keep.</param>
/// <param name="Metrics">Measures what is asked and answered; null if nothing is measured.</param>
internal sealed record ConnectionServices(
    Changeable<GatewayOptions> Settings, MemoryBudget Memory, RequestMetrics? Metrics = null)
{
    /// <summary>What a connection may use now.</summary>
    public GatewayOptions Options => Settings.Value;
}
