using System.Buffers;
using System.IO.Pipelines;
using JoChat.Protocol;

namespace JoChat.Testing;

/// <summary>The server's end of one connection. It speaks the encoding it is spoken to in; JSON until then.</summary>
public sealed class ScriptedPeer : IDisposable
{
    private readonly Stream _stream;
    private readonly PipeReader _input;

    public ScriptedPeer(Stream stream) => (_stream, _input) = (stream, PipeReader.Create(stream));

    public bool IsBinary { get; private set; }

    /// <summary>The next request; null once the client has closed, or sends something else than frames.</summary>
    public async Task<Request?> TryReceiveAsync()
    {
        while (true)
        {
            var result = await _input.ReadAsync().AsTask().OrFail();
            var buffer = result.Buffer;
            var status = FrameReader.Read(ref buffer, Limits.DefaultMaxFrameBytes, out var body);
            if (status == FrameStatus.TooLong) { return null; }
            var request = status == FrameStatus.Complete ? Decode(body) : null;
            _input.AdvanceTo(buffer.Start, request is null ? buffer.End : buffer.Start);
            if (request is not null || result.IsCompleted) { return request; }
        }
    }

    public async Task<T> ReceiveAsync<T>()
        where T : Request => Assert.IsType<T>(await TryReceiveAsync());

    /// <summary>Sends messages in one piece.</summary>
    public Task SendAsync(params ServerMessage[] messages) => SendBytesAsync(Encode(messages));

    /// <summary>Messages as they would be sent.</summary>
    public ReadOnlyMemory<byte> Encode(params ServerMessage[] messages)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            if (IsBinary) { BinaryCodec.WriteMessage(message, bytes); }
            else { JsonCodec.WriteMessage(message, bytes); }
        }
        return bytes.WrittenMemory;
    }

    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes).AsTask().OrFail();

    /// <summary>Receives a request of a kind and answers it, echoing its id.</summary>
    public async Task<T> AnswerAsync<T>(Response answer)
        where T : Request
    {
        var request = await ReceiveAsync<T>();
        await SendAsync(answer.AsAnswerTo(request));
        return request;
    }

    public void Dispose() => _stream.Dispose();

    private Request Decode(in ReadOnlySequence<byte> body)
    {
        IsBinary = body.FirstSpan[0] != (byte)'{';
        return IsBinary ? BinaryCodec.DecodeRequest(body) : JsonCodec.DecodeRequest(body);
    }
}
