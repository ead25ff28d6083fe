using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>One connection: writes requests in order and matches each response to the oldest request in flight, because
/// the server answers strictly in order. The id that it echoes is only a check on that.</summary>
/// <remarks><code>
/// TrySendAsync → in flight → (server) → read loop → the request's answer
///                                         └────→ onEvent
/// </code>The connection lives as long as its read loop.</remarks>
internal sealed class Connection : IAsyncDisposable
{
    public const string ClosedByUs = "The connection was closed by this client.";

    private const int MostUnflushedBytes = 64 * 1024;

    private readonly JoChatClientOptions _options;
    private readonly Stream _stream;
    private readonly Func<ServerEvent, CancellationToken, ValueTask> _onEvent;
    private readonly Channel<PendingRequest> _inFlight;
    private readonly CancellationTokenSource _ending = new();
    private readonly HeartbeatMonitor _heartbeat;

    // Held while writing: the order in _inFlight must be the order on the wire.
    private readonly SemaphoreSlim _writeLock = new(1);
    private readonly PipeWriter _output;

    // Why the connection ends. The first reason wins.
    private string? _end;

    /// <summary>Owns a byte stream from now on, and starts to read it.</summary>
    public Connection(
        Stream stream, JoChatClientOptions options, Func<ServerEvent, CancellationToken, ValueTask> onEvent)
    {
        (_stream, _options, _onEvent) = (stream, options, onEvent);
        _inFlight = Channel.CreateBounded<PendingRequest>(options.MaxPendingRequests);
        _output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        _heartbeat = new HeartbeatMonitor(this, options);
        Ending = _ending.Token; // the source may be disposed by the time it is read
        Ended = RunAsync();
    }

    /// <summary>Cancelled when the connection begins to end.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Completes when the connection has ended; the result says why. Faults if an event handler
    /// throws.</summary>
    public Task<string> Ended { get; }

    /// <summary>Whether an answer has come since this was set to false.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>From now on pings a silent server, and ends the connection if it stays silent.</summary>
    public void StartHeartbeat() => _heartbeat.Start();

    /// <summary>Writes a request once there is room among those in flight.</summary>
    /// <returns>False if the connection ended before; nothing of the request has been written then.</returns>
    public async Task<bool> TrySendAsync(PendingRequest pending, bool flush = true)
    {
        try
        {
            while (true)
            {
                await _writeLock.WaitAsync(Ending).ConfigureAwait(false);
                try
                {
                    if (pending.IsAbandoned) { return true; } // its caller is gone
                    if (!pending.IsAnswered || _inFlight.Writer.TryWrite(pending))
                    {
                        await WriteAsync(pending.Frame, flush).ConfigureAwait(false);
                        return true;
                    }
                    // What is not flushed is never answered, and would never make room.
                    await WriteAsync(default, flush: true).ConfigureAwait(false);
                }
                finally
                {
                    _writeLock.Release();
                }
                if (!await _inFlight.Writer.WaitToWriteAsync(Ending).ConfigureAwait(false)) { return false; }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Writes what was not flushed.</summary>
    public async Task FlushAsync()
    {
        try
        {
            await _writeLock.WaitAsync(Ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return; // the connection ends
        }
        try
        {
            await WriteAsync(default, flush: true).ConfigureAwait(false);
        }
        finally
        {
            _writeLock.Release();
        }
    }

    /// <summary>Pings the server, unless an answer is due anyway or a write is blocked.</summary>
    public Task PingAsync()
    {
        var isBusy = _inFlight.Reader.Count > 0 || _writeLock.CurrentCount == 0;
        return isBusy ? Task.CompletedTask : TrySendAsync(new PendingRequest(new Ping(), _options.Encoding));
    }

    /// <summary>Sends a request and waits for the answer.</summary>
    /// <exception cref="RequestTimeoutException">It took too long.</exception>
    /// <exception cref="ConnectionLostException">The connection ended first.</exception>
    public async Task<Response> AskAsync(Request request, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var pending = new PendingRequest(request, _options.Encoding);
        var sent = await TrySendAsync(pending).ConfigureAwait(false);
        try
        {
            Task answer = sent ? pending.Answer : Ended;
            await Task.WhenAny(answer, Ended).WaitAsync(either.Token).ConfigureAwait(false);
            return pending.Answer.IsCompleted
                ? await pending.Answer.ConfigureAwait(false)
                : throw new ConnectionLostException(await Ended.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            pending.Abandon();
            cancellation.ThrowIfCancellationRequested();
            throw new RequestTimeoutException(request.Operation, _options.RequestTimeout);
        }
    }

    /// <summary>The requests that were never answered, in order. Call it once the connection has ended.</summary>
    public IEnumerable<PendingRequest> TakeInFlight()
    {
        while (_inFlight.Reader.TryRead(out var pending)) { yield return pending; }
    }

    /// <summary>Begins to end the connection.</summary>
    public void End(string why)
    {
        if (Interlocked.CompareExchange(ref _end, why, null) is null) { _ending.Cancel(); }
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        End(ClosedByUs);
        await Ended.ConfigureAwait(false);
    }

    private async Task<string> RunAsync()
    {
        // Let the constructor finish first: event handlers may use the connection.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            End(await ReadLoopAsync().ConfigureAwait(false));
        }
        finally
        {
            End("A handler of events has failed."); // only if there was no other reason
            _inFlight.Writer.TryComplete();
            await _heartbeat.DisposeAsync().ConfigureAwait(false);
            await _stream.DisposeAsync().ConfigureAwait(false); // unblocks a pending write
        }
        return _end!; // End has set it
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> frame, bool flush)
    {
        try
        {
            _output.Write(frame.Span);
            if (flush || _output.UnflushedBytes > MostUnflushedBytes)
            {
                await _output.FlushAsync(Ending).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The read loop sees the same failure and knows more: the server may have sent a reason before it closed.
        }
    }

    /// <returns>Why the connection must end.</returns>
    private async Task<string> ReadLoopAsync()
    {
        var input = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(Ending).ConfigureAwait(false);
                _heartbeat.MarkHeard();
                var buffer = result.Buffer;
                while (true)
                {
                    var status = FrameReader.Read(ref buffer, _options.MaxFrameBytes, out var body);
                    if (status == FrameStatus.TooLong) { return "The server sent a frame that is too long."; }
                    if (status == FrameStatus.Incomplete) { break; }
                    var fault = await DispatchAsync(_options.Encoding.Decode(body)).ConfigureAwait(false);
                    if (fault is not null) { return fault; }
                }
                input.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) { return "The server closed the connection."; }
            }
        }
        catch (IOException fault)
        {
            return $"The connection to the server broke: {fault.Message}";
        }
        catch (OperationCanceledException)
        {
            return ClosedByUs;
        }
        finally
        {
            await input.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<string?> DispatchAsync(ServerMessage? message)
    {
        if (message is Response response) { return CompleteOldest(response); }
        if (message is ServerEvent happened)
        {
            _heartbeat.Suspend(); // the handler may be slow: that is not the server's silence
            await _onEvent(happened, Ending).ConfigureAwait(false);
            _heartbeat.MarkHeard();
        }
        return null; // an event of a later version; were it an unreadable response, the next response would not match
    }

    private string? CompleteOldest(Response response)
    {
        if (!_inFlight.Reader.TryPeek(out var pending))
        {
            return response is Refused refused
                ? $"The server ended the connection: {refused.Text}"
                : "The server answered a request that was never made.";
        }
        if (!pending.IsAnsweredBy(response)) { return "The server's answers do not match the requests."; }
        HasAnswered = true;
        _inFlight.Reader.TryRead(out _);
        pending.Complete(response);
        return null;
    }
}
