using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>One TCP connection: writes requests in the order given and matches each response to the oldest request that
/// has none, because the server answers strictly in order. The id that it echoes is only a check on that.</summary>
/// <remarks><code>
/// AskAsync → unsent → write loop → awaited → (server) → read loop → caller
///                                                           └────→ messages → caller
/// </code>The three queues are bounded. The connection lives as long as its read loop.</remarks>
internal sealed class Connection : IAsyncDisposable
{
    private const int RememberedIds = 4096;
    private const string ClosedByUs = "The connection was closed by this client.";

    private readonly JoChatClientOptions _options;
    private readonly NetworkStream _stream;
    private readonly Channel<PendingRequest> _unsent;
    private readonly Channel<PendingRequest> _awaited;
    private readonly Channel<MessageArrived> _messages;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;

    // Numbers the requests, by whichever thread makes one.
    private long _lastNumber;

    private bool _isDisposed;

    // Used only by the read loop.
    private readonly SeenIds _seen = new(RememberedIds);

    // Written once, before the queues are completed; read by callers that find a queue completed.
    private volatile string _end = ClosedByUs;

    private Connection(NetworkStream stream, JoChatClientOptions options)
    {
        (_stream, _options) = (stream, options);
        _unsent = Channel.CreateBounded<PendingRequest>(options.MaxPendingRequests);
        _awaited = Channel.CreateBounded<PendingRequest>(options.MaxPendingRequests);
        _messages = Channel.CreateBounded<MessageArrived>(options.MessageBuffer);
        _running = RunAsync();
    }

    /// <summary>The pushed messages, each once, in the order they came. Ends with the connection: normally if this side
    /// closed it, else with a <see cref="ConnectionLostException"/>.</summary>
    public ChannelReader<MessageArrived> Messages => _messages.Reader;

    /// <summary>Connects.</summary>
    /// <exception cref="ServerUnreachableException">There is no connection to be had.</exception>
    public static async Task<Connection> OpenAsync(JoChatClientOptions options, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token).ConfigureAwait(false);
            return new Connection(new NetworkStream(socket, ownsSocket: true), options);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            var why = fault is SocketException ? fault.Message : "no answer in time";
            throw new ServerUnreachableException(
                FormattableString.Invariant($"No connection to {options.Host} port {options.Port}: {why}."), fault);
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <returns>The answer, which may be <see cref="Refused"/>.</returns>
    /// <exception cref="RequestTimeoutException">It took too long.</exception>
    /// <exception cref="ConnectionLostException">The connection ended first.</exception>
    public async Task<Response> AskAsync(Request request, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var number = Interlocked.Increment(ref _lastNumber);
        var id = new RequestId(number.ToString(CultureInfo.InvariantCulture));
        var pending = new PendingRequest(request with { Id = id });
        try
        {
            await _unsent.Writer.WriteAsync(pending, either.Token).ConfigureAwait(false);
            return await pending.Answer.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ConnectionLostException(_end);
        }
        catch (OperationCanceledException)
        {
            pending.Abandon();
            cancellation.ThrowIfCancellationRequested();
            throw new RequestTimeoutException(request.Operation, _options.RequestTimeout);
        }
    }

    /// <summary>Closes the connection; requests without an answer fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            await _closing.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
            _closing.Dispose();
        }
    }

    private async Task RunAsync()
    {
        var writing = WriteLoopAsync(_closing.Token);
        var end = await ReadLoopAsync(_closing.Token).ConfigureAwait(false);
        var closedByUs = _closing.IsCancellationRequested;
        if (!closedByUs)
        {
            _end = end;
            await _closing.CancelAsync().ConfigureAwait(false);
        }
        await writing.ConfigureAwait(false);

        _messages.Writer.TryComplete(closedByUs ? null : new ConnectionLostException(_end));
        FailAll(_awaited);
        FailAll(_unsent);
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private void FailAll(Channel<PendingRequest> requests)
    {
        requests.Writer.TryComplete();
        while (requests.Reader.TryRead(out var pending)) { pending.Fail(new ConnectionLostException(_end)); }
    }

    private async Task WriteLoopAsync(CancellationToken cancellation)
    {
        var output = PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));
        try
        {
            // A request is always in one of the queues, where the end of the connection finds it: taken out of one only
            // when the other has room, and with no waiting between. In line before on the wire, or a quick answer would
            // find nobody to take it.
            while (await _unsent.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false)
                && await _awaited.Writer.WaitToWriteAsync(cancellation).ConfigureAwait(false))
            {
                if (!_unsent.Reader.TryRead(out var pending) || pending.IsAbandoned) { continue; }
                _awaited.Writer.TryWrite(pending); // there is room, and nobody else writes
                JsonCodec.WriteRequest(pending.Request, output);
                await output.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The read loop meets the same end and knows more: the server may have said why before it hung up.
        }
    }

    private async Task<string> ReadLoopAsync(CancellationToken cancellation)
    {
        var input = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(cancellation).ConfigureAwait(false);
                var buffer = result.Buffer;
                while (true)
                {
                    var status = FrameReader.Read(ref buffer, _options.MaxFrameBytes, out var body);
                    if (status == FrameStatus.TooLong) { return "The server sent a frame that is too long."; }
                    if (status == FrameStatus.Incomplete) { break; }
                    var fault = await TakeAsync(JsonCodec.DecodeMessage(body), cancellation).ConfigureAwait(false);
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

    /// <returns>Why the connection must end; null if it need not.</returns>
    private async ValueTask<string?> TakeAsync(ServerMessage? message, CancellationToken cancellation)
    {
        switch (message)
        {
            case MessageArrived arrived:
                if (_seen.Add(arrived.Id))
                {
                    await _messages.Writer.WriteAsync(arrived, cancellation).ConfigureAwait(false);
                }
                return null;
            case Response response:
                return TakeResponse(response);
            default:
                return null; // an event of a later version; were it a spoilt response, the next one would not match
        }
    }

    private string? TakeResponse(Response response)
    {
        if (!_awaited.Reader.TryRead(out var pending))
        {
            return response is Refused farewell
                ? $"The server ended the connection: {farewell.Text}"
                : "The server answered a request that was never made.";
        }
        if (!pending.IsAnsweredBy(response))
        {
            const string OutOfStep = "The server's answers do not match the requests.";
            pending.Fail(new ConnectionLostException(OutOfStep));
            return OutOfStep;
        }
        pending.Complete(response);
        return null;
    }
}
