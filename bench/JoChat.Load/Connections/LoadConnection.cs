using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace JoChat.Load;

/// <summary>A client's socket. Reads all the time and hands each frame to the conversation.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SocketAsyncEventArgs _reading = new();
    private readonly SocketAsyncEventArgs _writing = new();
    private readonly FrameScan _scan;
    private volatile IConversation _conversation;
    private volatile bool _isDisposed, _isPaused;

    /// <summary>Makes a client's socket; it is not connected yet.</summary>
    public LoadConnection(IConversation conversation, SocketSettings shape)
    {
        (_conversation, _scan) = (conversation, new FrameScan(shape.ScanBytes));
        _socket.NoDelay = true;
        if (shape.ReceiveBuffer is { } bytes) { _socket.ReceiveBufferSize = bytes; }
        if (shape.From is { } address) { _socket.Bind(new IPEndPoint(address, 0)); }
        _reading.Completed += (_, _) => ReadOn();
        _writing.Completed += (_, _) => WriteDone();
    }

    /// <summary>Runs every completion on the one thread that polls the sockets: that is cheaper than a
    /// thread pool, and conversations need no locks. Call it before the first socket is created.</summary>
    public static void UseOneThread()
    {
        foreach (var name in OneThread.Keys) { Environment.SetEnvironmentVariable(name, OneThread[name]); }
    }

    /// <summary>The environment that <see cref="UseOneThread"/> sets. Not for child processes.</summary>
    public static IReadOnlyDictionary<string, string> OneThread { get; } = new Dictionary<string, string>
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1",
    };

    public static LoadConnection Connect(int port, IConversation conversation)
    {
        var connection = new LoadConnection(conversation, SocketSettings.Usual);
        connection._socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        connection.Read();
        return connection;
    }

    /// <summary>Starts to connect and sends a first request once connected. The conversation is told if that fails.
    /// </summary>
    public void Begin(int port, byte[] greeting)
    {
        var connecting = new SocketAsyncEventArgs { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, port) };
        connecting.Completed += (_, _) => Connected(connecting, greeting);
        if (!_socket.ConnectAsync(connecting)) { Connected(connecting, greeting); }
    }

    /// <summary>Whether the last write is still in progress. <see cref="IConversation.Continue"/> is called when it is
    /// done.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>Sets who handles frames from now on. Change it only while no answer is expected.</summary>
    public void HandTo(IConversation conversation) => _conversation = conversation;

    /// <summary>Sends from outside the conversation, as long as it does not send itself.</summary>
    public void Send(ReadOnlySpan<byte> frames) => _socket.Send(frames);

    /// <summary>Sends from within the conversation; not while <see cref="IsWriting"/>.</summary>
    /// <param name="frames">Borrowed until it is written.</param>
    public void Write(Memory<byte> frames)
    {
        _writing.SetBuffer(frames);
        IsWriting = _socket.SendAsync(_writing);
        if (_writing.SocketError is not SocketError.Success) { Lose(_writing.SocketError.ToString()); }
    }

    /// <summary>Stops reading after the current read; call it from within the conversation.</summary>
    public void Pause() => _isPaused = true;

    /// <summary>Reads again; on the socket thread.</summary>
    public void Resume()
    {
        _isPaused = false;
        Read();
    }

    /// <summary>Ends the connection as a network that fails does: the peer is sent a reset, and nothing more.</summary>
    public void Cut()
    {
        _socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _socket.Dispose();
    }

    private void Connected(SocketAsyncEventArgs connecting, byte[] greeting)
    {
        connecting.Dispose();
        if (_isDisposed) { return; }
        if (connecting.SocketError is not SocketError.Success)
        {
            Lose(connecting.SocketError.ToString());
            return;
        }
        try
        {
            Read(); // first, so that what comes is taken by the socket thread
            Send(greeting);
        }
        catch (ObjectDisposedException) { } // closed by us meanwhile
        catch (SocketException fault)
        {
            Lose(fault.Message);
        }
    }

    private void Read()
    {
        do
        {
            if (_isDisposed || _isPaused) { return; }
            _reading.SetBuffer(_scan.Free);
        }
        while (!_socket.ReceiveAsync(_reading) && TakeRead());
    }

    private void ReadOn()
    {
        try
        {
            if (TakeRead()) { Read(); }
        }
        catch (ObjectDisposedException) { } // closed by us between two reads
        catch (Exception fault) when (fault is InvalidDataException or SocketException)
        {
            Lose(fault.Message);
        }
    }

    private bool TakeRead()
    {
        if (_reading.SocketError is not SocketError.Success || _reading.BytesTransferred == 0)
        {
            Lose(_reading.BytesTransferred == 0 ? "closed by the server" : _reading.SocketError.ToString());
            return false;
        }
        _scan.Received(_reading.BytesTransferred);
        var now = Stopwatch.GetTimestamp();
        while (_scan.TryTake(out var body)) { _conversation.Take(body, now); }
        _conversation.Continue();
        return true;
    }

    private void WriteDone()
    {
        IsWriting = false;
        if (_writing.SocketError is SocketError.Success) { _conversation.Continue(); }
        else { Lose(_writing.SocketError.ToString()); }
    }

    private void Lose(string reason)
    {
        if (!_isDisposed) { _conversation.Lost(reason); }
    }
}
