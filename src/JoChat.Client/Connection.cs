using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>One connection: writes requests in order and matches each response to the oldest request in flight, because
/// the server answers strictly in order. The id that it echoes is only a check on that.</summary>
/// <remarks><code>
/// TrySendAsync → in flight → (server) → read loop → the request's answer
///                                         └────→ onEvent
/// </code>The connection lives as long as its read loop.</remarks>
internal sealed partial class Connection : IAsyncDisposable
{
    public const string ClosedByUs = "The connection was closed by this client.";

    private const int MostUnwrittenBytes = 64 * 1024;

    private readonly JoChatClientOptions _options;
    private readonly Stream _stream;
    private readonly Func<ServerEvent, CancellationToken, ValueTask> _onEvent;
    private readonly Channel<PendingRequest> _inFlight;
    private readonly CancellationTokenSource _ending = new();
    private readonly HeartbeatMonitor _heartbeat;

    // Held while writing: the order in _inFlight must be the order on the wire.
    private readonly SemaphoreSlim _writeLock = new(1);
    private readonly SlicedWriter _output;

    // Why the connection ends. The first reason wins.
    private ConnectionEnd? _end;

    /// <summary>Owns a byte stream from now on, and starts to read it.</summary>
    public Connection(
        Stream stream, JoChatClientOptions options, Func<ServerEvent, CancellationToken, ValueTask> onEvent)
    {
        (_stream, _options, _onEvent) = (stream, options, onEvent);
        _inFlight = Channel.CreateBounded<PendingRequest>(options.MaxPendingRequests);
        _heartbeat = new HeartbeatMonitor(this, options);
        Progress = new ByteProgress(options.Time);
        _output = new SlicedWriter(stream, onTaken: () =>
        {
            Progress.MarkMove();
            _heartbeat.MarkTaken();
        });
        Ending = _ending.Token; // the source may be disposed by the time it is read
        Ended = RunAsync();
    }

    /// <summary>Cancelled when the connection begins to end.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Completes when the connection has ended; the result says why. Faults if an event handler
    /// throws.</summary>
    public Task<ConnectionEnd> Ended { get; }

    /// <summary>What moves on it.</summary>
    public ByteProgress Progress { get; }

    /// <summary>Whether the server has sent anything.</summary>
    public bool HasHeard => _hasHeard;

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
                    if (!pending.IsAnswered || TryEnterInFlight(pending))
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

    /// <summary>Pings the server, unless an answer is due anyway. A write that is under way goes first.</summary>
    public Task PingAsync() => _inFlight.Reader.Count > 0
        ? Task.CompletedTask : TrySendAsync(new PendingRequest(new Ping(), _options.Encoding));

    /// <summary>Sends a request and waits for the answer.</summary>
    /// <exception cref="RequestTimeoutException">It took too long.</exception>
    /// <exception cref="ConnectionLostException">The connection ended first.</exception>
    /// <exception cref="ServerUnreachableException">It is no JoChat server, or it has never said anything.</exception>
    public async Task<Response> AskAsync(Request request, CancellationToken cancellation)
    {
        using var deadline = new RequestDeadline(
            _options.RequestTimeout, _options.Time, () => Progress, cancellation);
        var pending = new PendingRequest(request, _options.Encoding);
        var sent = await TrySendAsync(pending).ConfigureAwait(false);
        try
        {
            Task answer = sent ? pending.Answer : Ended;
            await Task.WhenAny(answer, Ended).WaitAsync(deadline.Token).ConfigureAwait(false);
            return pending.Answer.IsCompleted
                ? await pending.Answer.ConfigureAwait(false)
                : throw (await Ended.ConfigureAwait(false)).ToException();
        }
        catch (OperationCanceledException)
        {
            pending.Abandon();
            cancellation.ThrowIfCancellationRequested();
            throw Overdue();
        }
    }

    /// <summary>What a request fails with that was not answered in time.</summary>
    public JoChatException Overdue() => HasHeard
        ? new RequestTimeoutException(_options.RequestTimeout)
        : new ServerUnreachableException(ServiceNames.DescribeSilence(_options, _options.RequestTimeout))
        {
            IsUnexplained = true,
        };

    /// <summary>The requests that were never answered, in order. Call it once the connection has ended.</summary>
    public IEnumerable<PendingRequest> TakeInFlight()
    {
        while (_inFlight.Reader.TryRead(out var pending))
        {
            Progress.Remove(pending);
            yield return pending;
        }
    }

    /// <summary>Begins to end the connection.</summary>
    public void End(string why) => End(new ConnectionEnd(why));

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        End(ClosedByUs);
        await Ended.ConfigureAwait(false);
    }

    private void End(ConnectionEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is null) { _ending.Cancel(); }
    }

    private bool TryEnterInFlight(PendingRequest pending)
    {
        if (!_inFlight.Writer.TryWrite(pending)) { return false; }
        Progress.Add(pending);
        return true;
    }

    private async Task<ConnectionEnd> RunAsync()
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
            _output.Add(frame.Span);
            if (flush || _output.UnwrittenBytes > MostUnwrittenBytes)
            {
                await _output.FlushAsync(Ending).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The read loop sees the same failure and knows more: the server may have sent a reason before it closed.
        }
    }
}
