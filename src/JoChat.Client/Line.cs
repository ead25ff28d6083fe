using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>The line to the server, made of one connection after the other: keeps the order of requests, brings those
/// that may be repeated over to the next connection, and logs in again there.</summary>
/// <remarks><code>
/// AskAsync → queue → pump ─→ connection 1, 2, ... → the request's answer
///             again ──┘          └→ inbox → the program
/// </code>One loop (<see cref="RunAsync"/>) owns the connection.</remarks>
internal sealed partial class Line : IAsyncDisposable
{
    private readonly JoChatClientOptions _options;
    private readonly Channel<PendingRequest> _queue;
    private readonly Backoff _backoff;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    // What must go out before the queue. Used by the loop and by the pump it waits for, never by both at once.
    private Queue<PendingRequest> _again = [];

    // Set by the read loop in the order of the answers, read by all.
    private volatile Login? _login;
    private volatile Server _server = Server.Original;
    private volatile AskPresence? _presence;

    // Set by the read loop, read by the loop once the connection has ended.
    private volatile SessionClosed? _farewell;

    // Set once, before the queue is completed; read by callers that find it completed.
    private volatile Func<JoChatException> _over = () => new ConnectionLostException(Connection.ClosedByUs);

    private volatile int _state = (int)ConnectionState.Connected;

    private Line(JoChatClientOptions options)
    {
        _options = options;
        _queue = Channel.CreateBounded<PendingRequest>(options.MaxPendingRequests);
        _backoff = new Backoff(options.FirstReconnectDelay, options.LongestReconnectDelay);
        Inbox = new Inbox(options.Time);
    }

    /// <summary>Events other than messages. Handlers are called by the read loop.</summary>
    public event Action<ServerEvent>? Notified;

    /// <summary>A change of <see cref="State"/>. Handlers are called by the loop.</summary>
    public event Action<ConnectionState>? StateChanged;

    public Inbox Inbox { get; }

    public ConnectionState State => (ConnectionState)_state;

    /// <summary>Who is logged in, or will be again; null if nobody is.</summary>
    public Login? Login => _login;

    /// <summary>What the server said last.</summary>
    public Server Server => _server;

    /// <summary>Makes the first connection.</summary>
    /// <exception cref="ServerUnreachableException">There is none to be had.</exception>
    /// <exception cref="RefusedException">The server has no time for us.</exception>
    public static async Task<Line> OpenAsync(JoChatClientOptions options, CancellationToken cancellation)
    {
        var line = new Line(options);
        var connection = await line.EnterAsync(cancellation).ConfigureAwait(false);
        line._running = line.RunAsync(connection);
        return line;
    }

    /// <summary>Sends a request and waits for the answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="onAnswer">Called with the answer before anything later is read; must not wait.</param>
    /// <param name="cancellation">Stops waiting; what is not written yet never is.</param>
    public async Task<Response> AskAsync(Request request, Action<Response>? onAnswer, CancellationToken cancellation)
    {
        var pending = new PendingRequest(request, _options.Encoding, onAnswer);
        CheckLength(pending);
        var patience = pending.IsLasting ? Timeout.InfiniteTimeSpan : _options.RequestTimeout;
        using var timeout = new CancellationTokenSource(patience, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            // First, or the answer would count as unread, and hand over again, what the program has read.
            if (!pending.IsLasting) { await AcknowledgeAsync(either.Token).ConfigureAwait(false); }
            await _queue.Writer.WriteAsync(pending, either.Token).ConfigureAwait(false);
            return await pending.Answer.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw _over();
        }
        catch (OperationCanceledException)
        {
            pending.Abandon();
            cancellation.ThrowIfCancellationRequested();
            throw new RequestTimeoutException(request.Operation, _options.RequestTimeout);
        }
    }

    // Puts the acknowledgements that are due into the line.
    private async Task AcknowledgeAsync(CancellationToken cancellation)
    {
        if (Inbox.TakeDue() is not { IsEmpty: false } ids) { return; }
        var pending = new PendingRequest(new Acknowledge(ids), _options.Encoding);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // There is no session any more that they would be for.
        }
    }

    /// <summary>Sets who is logged in; for the callbacks of answers.</summary>
    public void Enter(Login? login)
    {
        if (login is null || _login is null) { Inbox.Clear(); }
        if (login is null) { _presence = null; }
        _login = login;
    }

    /// <summary>Sets whose presence is asked for again on each connection; for the callback of the answer.</summary>
    public void Watch(AskPresence presence) => _presence = presence;

    /// <summary>Acknowledges what is due, if the server takes it in time, and closes the connection. Requests without
    /// an answer fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) { return; }
        _closed.TrySetResult();
        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        Inbox.Dispose();
        _closing.Dispose();
    }

    // A frame over the limit would end the connection, and every later one on which it is sent again.
    private void CheckLength(PendingRequest pending)
    {
        var length = pending.Frame.Length - FrameReader.HeaderSize;
        if (length <= _server.MaxFrameBytes) { return; }
        throw new RefusedException(ErrorCode.FrameTooLong, FormattableString.Invariant(
            $"The request is {length:N0} bytes long; the server takes {_server.MaxFrameBytes:N0}."));
    }

    private void Enter(ConnectionState state)
    {
        if (Interlocked.Exchange(ref _state, (int)state) != (int)state) { StateChanged?.Invoke(state); }
    }
}
