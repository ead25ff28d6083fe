using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>A WebSocket, whose messages need no framing: each is one body, text of JSON and binary of the binary
/// encoding. The first message tells the kind of all.</summary>
/// <param name="socket">The WebSocket.</param>
/// <param name="cookie">The resume token that came in its browser's cookie, for a <c>resume</c> without one; null if
/// there is none. It goes no further than into that request.</param>
/// <param name="admission">The connection's place among those that may be open.</param>
/// <param name="patience">How long a message that has begun may send nothing.</param>
/// <param name="time">The clock for that.</param>
/// <remarks>A receive is never cancelled, because that aborts the socket. Whoever stops waiting for one leaves it to
/// <see cref="DiscardAsync"/>, and can still send a close.</remarks>
internal sealed class WebSocketTransport(
    WebSocket socket, Secret? cookie, Admission admission, TimeSpan patience, TimeProvider time)
    : IClientTransport
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputBuffer _received = new();
    private Task<ValueWebSocketReceiveResult>? _receiving;
    private WebSocketMessageType _kind;

    // Where messages end in what waits, and in what was taken.
    private List<int> _waitingEnds = [];
    private List<int> _takenEnds = [];
    private readonly OutputBuffer _taken = new();

    /// <inheritdoc/>
    public SpokenProtocols? Setting => Encoding.Setting;

    /// <inheritdoc/>
    public Admission Admission => admission;

    /// <summary>Whether the reading ended with a message over the limit.</summary>
    public bool IsTooLong { get; private set; }

    private BodyEncoding Encoding => _kind is WebSocketMessageType.Text ? BodyEncoding.Json : BodyEncoding.Binary;

    /// <summary>Waits for the beginning of the first message. To be called first.</summary>
    /// <returns>False if the client closes without one.</returns>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task<bool> BeginAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        _kind = (await ReceiveAsync().WaitAsync(longest, time, cancellation)).MessageType;
        return _kind is not WebSocketMessageType.Close;
    }

    /// <inheritdoc/>
    public async Task ReadRequestsAsync(ClientConnection client)
    {
        while (!IsTooLong && await ReadMessageAsync(client))
        {
            var size = _received.Length;
            IsTooLong = size > client.MaxRequestBytes;
            var request = IsTooLong
                ? Refusals.FrameTooLong(client.MaxRequestBytes)
                : WithCookie(Encoding.Decode(new ReadOnlySequence<byte>(_received.Written)));
            _received.Clear();
            client.Memory.SetInput(0);
            if (!await client.TellAsync(request, size)) { return; }
        }
    }

    /// <summary>Receives without keeping anything until the client closes its side or is gone.</summary>
    public async Task DiscardAsync()
    {
        try
        {
            while ((await ReceiveAsync()).MessageType is not WebSocketMessageType.Close) { _receiving = null; }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault)) { } // it is gone
        _received.Clear();
    }

    /// <inheritdoc/>
    public void StopReading() => _stopped.TrySetResult();

    /// <inheritdoc/>
    public void Write(ServerMessage message, OutputBuffer waiting)
    {
        Encoding.WriteBody(message, waiting);
        _waitingEnds.Add(waiting.Length);
    }

    /// <inheritdoc/>
    public void Take(OutputBuffer waiting)
    {
        waiting.MoveTo(_taken);
        (_takenEnds, _waitingEnds) = (_waitingEnds, []);
    }

    /// <inheritdoc/>
    public async ValueTask<FlushResult> FlushAsync()
    {
        var start = 0;
        foreach (var end in _takenEnds)
        {
            await socket.SendAsync(_taken.Written[start..end], _kind, endOfMessage: true, CancellationToken.None);
            start = end;
        }
        _taken.Clear();
        return default;
    }

    /// <inheritdoc/>
    public void Abort() => admission.Cut();

    // One message, or as much of it as is over the limit. False if there is none or nobody waits for it any more.
    private async Task<bool> ReadMessageAsync(ClientConnection client)
    {
        var isWhole = false;
        while (!isWhole && (_received.Length <= client.MaxRequestBytes || await client.MayGrowAsync()))
        {
            var receiving = ReceiveAsync();
            if (!await IsWorthWaitingAsync(receiving)) { return false; }
            var part = await receiving;
            if (part.MessageType is WebSocketMessageType.Close) { return false; }
            _received.Advance(part.Count);
            client.Memory.SetInput(_received.Length);
            _receiving = null;
            isWhole = part.EndOfMessage;
        }
        return true;
    }

    // False if nobody waits any more, or nothing has come of the rest of a message for too long.
    private async Task<bool> IsWorthWaitingAsync(Task receiving)
    {
        if (_received.Length == 0) { return await Task.WhenAny(receiving, _stopped.Task) == receiving; }
        using var enough = new CancellationTokenSource();
        var first = await Task.WhenAny(receiving, _stopped.Task, Task.Delay(patience, time, enough.Token));
        await enough.CancelAsync();
        return first == receiving;
    }

    // The binary form has no missing token, only an empty one.
    private Request WithCookie(Request request) =>
        request is Resume { Token: null or { Value: "" } } resume && cookie is not null
            ? resume with { Token = cookie, IsByCookie = true } : request;

    // The receive that is under way, or the next one.
    private Task<ValueWebSocketReceiveResult> ReceiveAsync() =>
        _receiving ??= socket.ReceiveAsync(_received.GetMemory(), CancellationToken.None).AsTask();
}
