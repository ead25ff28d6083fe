using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>The server's end of one connection.</summary>
public sealed class ScriptedPeer : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly PipeReader _input;

    public ScriptedPeer(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _input = PipeReader.Create(_stream);
    }

    /// <summary>The next request; null once the client has closed.</summary>
    public async Task<Request?> TryReceiveAsync()
    {
        while (true)
        {
            var result = await _input.ReadAsync().AsTask().OrFail();
            var buffer = result.Buffer;
            var status = FrameReader.Read(ref buffer, Limits.DefaultMaxFrameBytes, out var body);
            var request = status == FrameStatus.Complete ? JsonCodec.DecodeRequest(body) : null;
            _input.AdvanceTo(buffer.Start, request is null ? buffer.End : buffer.Start);
            if (request is not null || result.IsCompleted) { return request; }
        }
    }

    public async Task<T> ReceiveAsync<T>()
        where T : Request => Assert.IsType<T>(await TryReceiveAsync());

    /// <summary>Sends messages in one piece.</summary>
    public Task SendAsync(params ServerMessage[] messages)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var message in messages) { JsonCodec.WriteMessage(message, bytes); }
        return SendBytesAsync(bytes.WrittenMemory);
    }

    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes).AsTask().OrFail();

    /// <summary>Receives a request of a kind and answers it, echoing its id.</summary>
    public async Task<T> AnswerAsync<T>(Response answer)
        where T : Request
    {
        var request = await ReceiveAsync<T>();
        await SendAsync(answer with { Id = request.Id });
        return request;
    }

    public void Dispose() => _stream.Dispose();
}
