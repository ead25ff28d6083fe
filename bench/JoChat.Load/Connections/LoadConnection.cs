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
    private readonly FrameScan _scan = new();
    private volatile IConversation _conversation;
    private volatile bool _isDisposed;

    private LoadConnection(IConversation conversation)
    {
        _conversation = conversation;
        _reading.Completed += (_, _) => ReadOn();
        _writing.Completed += (_, _) => WriteDone();
    }

    /// <summary>Makes every completion run on one thread, the one that waits for the sockets: that is cheaper than a
    /// thread pool, and conversations need no locks. Must be called before the first socket is made.</summary>
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
        var connection = new LoadConnection(conversation);
        connection._socket.NoDelay = true;
        connection._socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        connection.Read();
        return connection;
    }

    /// <summary>Whether the socket is still taking the last write. <see cref="IConversation.Continue"/> tells when it
    /// has.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>Whom to hand the frames that come from now on. Change it only while no answer is expected.</summary>
    public void HandTo(IConversation conversation) => _conversation = conversation;

    /// <summary>Sends from outside the conversation, as long as it does not send itself.</summary>
    public void Send(byte[] frame) => _socket.Send(frame);

    /// <summary>Sends from within the conversation; not while <see cref="IsWriting"/>.</summary>
    /// <param name="frames">Borrowed until it is written.</param>
    public void Write(Memory<byte> frames)
    {
        _writing.SetBuffer(frames);
        IsWriting = _socket.SendAsync(_writing);
        if (_writing.SocketError is not SocketError.Success) { Lose(_writing.SocketError.ToString()); }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _socket.Dispose();
    }

    private void Read()
    {
        do
        {
            if (_isDisposed) { return; }
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
        catch (InvalidDataException fault)
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
