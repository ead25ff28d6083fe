using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The reading half of a WebSocket: each message becomes a frame in a pipe, which is read like that of a
/// TCP connection. It is the only one that receives from the socket.</summary>
internal sealed class WebSocketInput(WebSocket socket, int maxMessageBytes)
{
    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private readonly OutputBuffer _message = new();
    private bool _isReaderGone;

    private readonly TaskCompletionSource<WebSocketMessageType> _first =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The frames. A message over the limit becomes the header of a frame over the limit, and the
    /// end.</summary>
    public PipeReader Frames => _pipe.Reader;

    /// <summary>The kind of the first message; Close if the client goes without one.</summary>
    public Task<WebSocketMessageType> FirstKind => _first.Task;

    /// <summary>Receives until the client closes its side or is gone. It pauses while frames are not read, and goes on
    /// without keeping anything once the reader is completed.</summary>
    public async Task ReceiveAllAsync()
    {
        try
        {
            while (await ReceiveAsync()) { }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            // The same as the client's end.
        }
        finally
        {
            _first.TrySetResult(WebSocketMessageType.Close);
            await _pipe.Writer.CompleteAsync();
            _message.Clear();
        }
    }

    // One message. False if it was the last.
    private async Task<bool> ReceiveAsync()
    {
        ValueWebSocketReceiveResult received;
        var isTooLong = false;
        do
        {
            received = await socket.ReceiveAsync(_message.GetMemory(), CancellationToken.None);
            if (received.MessageType is WebSocketMessageType.Close) { return false; }
            _first.TrySetResult(received.MessageType);
            _message.Advance(received.Count);
            if (_message.Length > maxMessageBytes)
            {
                _message.Clear();
                if (!isTooLong) { await WriteFrameAsync(uint.MaxValue); }
                isTooLong = true;
            }
        }
        while (!received.EndOfMessage);

        if (!isTooLong) { await WriteFrameAsync((uint)_message.Length); }
        _message.Clear();
        return true;
    }

    private async Task WriteFrameAsync(uint length)
    {
        if (_isReaderGone) { return; }
        BinaryPrimitives.WriteUInt32BigEndian(_pipe.Writer.GetSpan(FrameReader.HeaderSize), length);
        _pipe.Writer.Advance(FrameReader.HeaderSize);
        _message.MoveTo(_pipe.Writer);
        _isReaderGone = (await _pipe.Writer.FlushAsync()).IsCompleted;
    }
}
