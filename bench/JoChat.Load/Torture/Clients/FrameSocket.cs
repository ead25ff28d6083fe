using System.Buffers;
using System.Net;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>A socket that sends and receives frames. One thread reads, any may write.</summary>
internal sealed class FrameSocket : IDisposable
{
    private const int FewBytes = 24; // enough of a frame to tell a pushed message, less than any of them
    private static readonly byte[] JsonEvent = "{\"msg_type\":\"message\""u8.ToArray();
    private static readonly byte[] BinaryEvent = [32, 2];
    private readonly Socket _socket;
    private readonly bool _isBinary;
    private readonly SemaphoreSlim _writing = new(1);
    private byte[] _bytes = new byte[64 * 1024];
    private int _start, _end;

    private FrameSocket(Socket socket, bool isBinary) => (_socket, _isBinary) = (socket, isBinary);

    /// <summary>Whether to read so few bytes at a time that a read can end within a frame.</summary>
    public bool ReadsLittle { get; set; }

    /// <summary>Whether a complete frame is buffered.</summary>
    public bool HasFrame => FrameEnd() <= _end;

    /// <summary>Whether the buffer ends within the event of a message.</summary>
    public bool EndsWithinMessage
    {
        get
        {
            var body = _bytes.AsSpan(_start, _end - _start);
            return !HasFrame && body.Length > FrameReader.HeaderSize
                && body[FrameReader.HeaderSize..].StartsWith(_isBinary ? BinaryEvent : JsonEvent);
        }
    }

    public static async Task<FrameSocket> ConnectAsync(IPEndPoint address, bool isBinary, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellation);
            // Possible while the server is down, if the system gives its port to this very socket.
            if (Equals(socket.LocalEndPoint, socket.RemoteEndPoint)) { throw new IOException("connected to itself"); }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new FrameSocket(socket, isBinary);
    }

    public byte[] Frame(Request request)
    {
        var frame = new ArrayBufferWriter<byte>();
        if (_isBinary) { BinaryCodec.WriteRequest(request, frame); }
        else { JsonCodec.WriteRequest(request, frame); }
        return frame.WrittenSpan.ToArray();
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            while (!bytes.IsEmpty) { bytes = bytes[await _socket.SendAsync(bytes, cancellation)..]; }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Takes the next frame out of the buffer.</summary>
    /// <exception cref="LoadFailedException">It is not a message that a server sends.</exception>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ServerMessage? message)
    {
        message = null;
        if (!HasFrame) { return false; }
        var end = (int)FrameEnd();
        var body = _bytes.AsMemory(_start + FrameReader.HeaderSize, end - _start - FrameReader.HeaderSize);
        _start = end;
        var sequence = new ReadOnlySequence<byte>(body);
        message = (_isBinary ? BinaryCodec.DecodeMessage(sequence) : JsonCodec.DecodeMessage(sequence))
            ?? throw new LoadFailedException($"an unreadable answer: {Convert.ToHexString(body.Span)}");
        return true;
    }

    /// <summary>Reads more.</summary>
    /// <returns>False if there will be no more.</returns>
    public async Task<bool> ReadMoreAsync(CancellationToken cancellation)
    {
        MakeRoom();
        var room = _bytes.AsMemory(_end);
        var count = await _socket.ReceiveAsync(ReadsLittle ? room[..FewBytes] : room, cancellation);
        _end += count;
        return count > 0;
    }

    /// <summary>Ends the connection.</summary>
    /// <param name="isReset">By a reset, which discards what is still unsent; else by a close.</param>
    public void Cut(bool isReset)
    {
        if (isReset) { _socket.LingerState = new LingerOption(enable: true, seconds: 0); }
        _socket.Dispose();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _writing.Dispose();
    }

    // Where the next frame ends; beyond the buffered bytes if it is incomplete.
    private long FrameEnd() => _end - _start < FrameReader.HeaderSize
        ? long.MaxValue
        : _start + FrameReader.HeaderSize
            + System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(_start));

    private void MakeRoom()
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        (_start, _end) = (0, _end - _start);
        if (_bytes.Length - _end < FewBytes) { Array.Resize(ref _bytes, 2 * _bytes.Length); }
    }
}
