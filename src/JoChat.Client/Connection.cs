using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>One connection: writes requests in the order given and matches each response to the oldest request that has
/// none, because the server answers strictly in order. The id that it echoes is only a check on that.</summary>
/// <remarks><code>
/// TrySendAsync → awaited → (server) → read loop → the request's answer
///                                         └────→ onEvent
/// </code>The connection lives as long as its read loop.</remarks>
internal sealed class Connection : IAsyncDisposable
{
    public const string ClosedByUs = "The connection was closed by this client.";

    private const int MostUnflushedBytes = 64 * 1024;

    private readonly JoChatClientOptions _options;
    private readonly Stream _stream;
    private readonly Func<ServerEvent, CancellationToken, ValueTask> _onEvent;
    private readonly Channel<PendingRequest> _awaited;
    private readonly CancellationTokenSource _ending = new();
    private readonly Silence _silence;

    // Whoever holds it may write: the order in _awaited must be the order on the wire.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly PipeWriter _output;

    // Why the connection ends: the first reason wins.
    private string? _end;

    /// <summary>Takes over a byte stream, and reads it from now on.</summary>
    public Connection(
        Stream stream, JoChatClientOptions options, Func<ServerEvent, CancellationToken, ValueTask> onEvent)
    {
        (_stream, _options, _onEvent) = (stream, options, onEvent);
        _awaited = Channel.CreateBounded<PendingRequest>(options.MaxPendingRequests);
        _output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        _silence = new Silence(this, options);
        Ending = _ending.Token; // the source may be gone when someone asks
        Ended = RunAsync();
    }

    /// <summary>Cancelled when the connection begins to end.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Done when it has ended; the result says why. Faults if a handler of events does.</summary>
    public Task<string> Ended { get; }

    /// <summary>Whether an answer has come since this was set to false.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>From now on a silent server is asked for a sign of life, and given up if there is none.</summary>
    public void WatchSilence() => _silence.Watch();

    /// <summary>Writes a request when it is its turn and there is room for it.</summary>
    /// <returns>False if the connection ended before; nothing of the request has been written then.</returns>
    public async Task<bool> TrySendAsync(PendingRequest pending, bool flush = true)
    {
        try
        {
            while (true)
            {
                await _turn.WaitAsync(Ending).ConfigureAwait(false);
                try
                {
                    if (pending.IsAbandoned) { return true; } // nobody minds
                    if (!pending.IsAnswered || _awaited.Writer.TryWrite(pending))
                    {
                        await WriteAsync(pending.Frame, flush).ConfigureAwait(false);
                        return true;
                    }
                    await WriteAsync(default, flush: true).ConfigureAwait(false); // or no answer would ever make room
                }
                finally
                {
                    _turn.Release();
                }
                if (!await _awaited.Writer.WaitToWriteAsync(Ending).ConfigureAwait(false)) { return false; }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Writes what was not flushed.</summary>
    public Task FlushAsync() => WhileOursAsync(() => WriteAsync(default, flush: true));

    /// <summary>Asks for a sign of life, unless an answer is due anyway or a write is stuck.</summary>
    public Task PingAsync()
    {
        var isBusy = _awaited.Reader.Count > 0 || _turn.CurrentCount == 0;
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

    /// <summary>The requests that have no answer and get none, in their order; once it has ended.</summary>
    public IEnumerable<PendingRequest> TakeUnanswered()
    {
        while (_awaited.Reader.TryRead(out var pending)) { yield return pending; }
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
        // The constructor goes on first: what is read may be taken by those who are waiting for this connection.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            End(await ReadLoopAsync().ConfigureAwait(false));
        }
        finally
        {
            End("A handler of events has failed."); // only if there was no other reason
            _awaited.Writer.TryComplete();
            await _silence.DisposeAsync().ConfigureAwait(false);
            await _stream.DisposeAsync().ConfigureAwait(false); // frees whoever is stuck in a write
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
            // The read loop meets the same end and knows more: the server may have said why before it hung up.
        }
    }

    private async Task WhileOursAsync(Func<Task> work)
    {
        try
        {
            await _turn.WaitAsync(Ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return; // nobody reads any more
        }
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
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
                _silence.Break();
                var buffer = result.Buffer;
                while (true)
                {
                    var status = FrameReader.Read(ref buffer, _options.MaxFrameBytes, out var body);
                    if (status == FrameStatus.TooLong) { return "The server sent a frame that is too long."; }
                    if (status == FrameStatus.Incomplete) { break; }
                    var fault = await TakeAsync(_options.Encoding.Decode(body)).ConfigureAwait(false);
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

    private async ValueTask<string?> TakeAsync(ServerMessage? message)
    {
        if (message is Response response) { return TakeResponse(response); }
        if (message is ServerEvent happened)
        {
            _silence.Suspend(); // it may be we who take our time
            await _onEvent(happened, Ending).ConfigureAwait(false);
            _silence.Break();
        }
        return null; // or an event of a later version; were it a spoilt response, the next one would not match
    }

    private string? TakeResponse(Response response)
    {
        if (!_awaited.Reader.TryPeek(out var pending))
        {
            return response is Refused farewell
                ? $"The server ended the connection: {farewell.Text}"
                : "The server answered a request that was never made.";
        }
        if (!pending.IsAnsweredBy(response)) { return "The server's answers do not match the requests."; }
        HasAnswered = true;
        _awaited.Reader.TryRead(out _);
        pending.Complete(response);
        return null;
    }
}
