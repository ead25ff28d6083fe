using System.Text;
using System.Threading.Channels;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>One connection after the other, as if they were one: keeps the order of requests, sends idempotent ones
/// again on the next connection, and logs in again there.</summary>
/// <remarks><code>
/// AskAsync → queue → pump ─→ connection 1, 2, ... → the request's answer
///           resends ──┘          └→ inbox → the program
/// </code>One loop (<see cref="RunAsync"/>) owns the connection.</remarks>
internal sealed partial class ReconnectingConnection : IAsyncDisposable
{
    private readonly JoChatClientOptions _options;
    private readonly Channel<PendingRequest> _queue;
    private readonly Backoff _backoff;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    // Sent before the queue. Used by the loop and by the pump it awaits, never by both at once.
    private Queue<PendingRequest> _resends = [];

    // Set by the read loop in the order of the answers; read by any thread.
    private volatile RenewableLogin? _login;
    private volatile ServerCapabilities _server = ServerCapabilities.Original;
    private volatile AskPresence? _presence;

    // Set by the read loop; read by the main loop once the connection has ended.
    private volatile SessionClosed? _sessionClosed;

    // Set once, before the queue is completed; thrown to callers that find it completed.
    private volatile Func<JoChatException> _failure = () => new ConnectionLostException(Connection.ClosedByUs);

    // The one in use, or the last one while there is none. Set before the first request.
    private volatile Connection _connection = null!;

    private volatile int _state = (int)ConnectionState.Connected;

    private ReconnectingConnection(JoChatClientOptions options)
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

    /// <summary>The account that is logged in, or will be again after a reconnect; null if none is.</summary>
    public RenewableLogin? Login => _login;

    /// <summary>As the latest server announced.</summary>
    public ServerCapabilities Server => _server;

    /// <summary>Whether a login by password asks for a resume token.</summary>
    public bool WantsToken => _server.IsReliable && (_options.WantsResumeToken ?? !_server.IsSide);

    /// <summary>Makes the first connection.</summary>
    /// <exception cref="ServerUnreachableException">None can be made, or it is no JoChat server.</exception>
    /// <exception cref="RefusedException">The server is busy.</exception>
    public static async Task<ReconnectingConnection> OpenAsync(
        JoChatClientOptions options, CancellationToken cancellation)
    {
        var client = new ReconnectingConnection(options);
        try
        {
            var connection = await client.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            client._running = client.RunAsync(connection);
            return client;
        }
        catch (ServerUnreachableException mute) when (mute.IsUnexplained)
        {
            throw new ServerUnreachableException(
                await client.ExplainAsync(mute.Message, cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>Sends a request and waits for the answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="onAnswer">Called with the answer before anything later is read; must not block.</param>
    /// <param name="cancellation">Stops waiting; a request that is not written yet never is.</param>
    public async Task<Response> AskAsync(Request request, Action<Response>? onAnswer, CancellationToken cancellation)
    {
        var pending = new PendingRequest(request, _options.Encoding, onAnswer);
        CheckLength(pending);
        var patience = pending.IsIdempotent ? Timeout.InfiniteTimeSpan : _options.RequestTimeout;
        using var deadline = new RequestDeadline(patience, _options.Time, () => _connection.Progress, cancellation);
        try
        {
            // Acks first, or the answer would count as undelivered what the program has read already.
            if (!pending.IsIdempotent) { await AcknowledgeAsync(deadline.Token).ConfigureAwait(false); }
            await _queue.Writer.WriteAsync(pending, deadline.Token).ConfigureAwait(false);
            return await pending.Answer.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw _failure();
        }
        catch (OperationCanceledException)
        {
            pending.Abandon();
            cancellation.ThrowIfCancellationRequested();
            var overdue = _connection.Overdue();
            throw overdue is ServerUnreachableException
                ? new ServerUnreachableException(
                    await ExplainAsync(overdue.Message, cancellation).ConfigureAwait(false))
                : overdue;
        }
    }

    private async Task<string> ExplainAsync(string otherwise, CancellationToken cancellation) =>
        await ServiceProbe.ExplainAsync(_options, insideTls: _options.UseTls, cancellation).ConfigureAwait(false)
            ?? otherwise;

    // Queues the acks that are due.
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
            // The session they belong to has ended.
        }
    }

    /// <summary>Sets the login; called by the callbacks of answers.</summary>
    public void SetLogin(RenewableLogin? login)
    {
        if (login is null || _login is null) { Inbox.Clear(); }
        if (login is null) { _presence = null; }
        _login = login;
    }

    /// <summary>Sets whose presence is asked for on each new connection; called by the callback of the
    /// answer.</summary>
    public void Watch(AskPresence presence) => _presence = presence;

    /// <summary>Sends the acks that are due, if the server reads them in time, and closes the connection. Requests in
    /// flight fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) { return; }
        _closed.TrySetResult();
        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        Inbox.Dispose();
        _closing.Dispose();
    }

    // A frame over the limit would end this connection, and each later one on which it is sent again.
    private void CheckLength(PendingRequest pending)
    {
        var length = pending.Frame.Length - FrameReader.HeaderSize;
        if (length <= _server.MaxFrameBytes) { return; }
        // In JSON one byte of a text may become six, so its own length does not tell.
        var what = pending.Text is { } text
            ? FormattableString.Invariant($"The text of {Encoding.UTF8.GetByteCount(text):N0} bytes")
            : "The request";
        throw new RefusedException(ErrorCode.FrameTooLong, FormattableString.Invariant(
            $"{what} becomes {length:N0} bytes as it is sent; this server takes at most {_server.MaxFrameBytes:N0}."));
    }

    private void SetState(ConnectionState state)
    {
        if (Interlocked.Exchange(ref _state, (int)state) != (int)state) { StateChanged?.Invoke(state); }
    }
}
