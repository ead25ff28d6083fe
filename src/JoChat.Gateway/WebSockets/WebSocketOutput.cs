using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The writing half of a WebSocket: what is written to it are whole frames, and a flush sends the body of each
/// as one message.</summary>
internal sealed class WebSocketOutput(WebSocket socket, WebSocketMessageType kind) : PipeWriter
{
    private readonly OutputBuffer _frames = new();

    /// <inheritdoc/>
    public override void Advance(int bytes) => _frames.Advance(bytes);

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => _frames.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => _frames.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var rest = _frames.Written;
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
            var body = rest.Slice(FrameReader.HeaderSize, length);
            await socket.SendAsync(body, kind, endOfMessage: true, cancellationToken);
            rest = rest[(FrameReader.HeaderSize + length)..];
        }
        _frames.Clear();
        return default;
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => throw new NotSupportedException("Abort the connection instead.");

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => _frames.Clear();
}
