using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>An account that asks one thing at a time, over connections that die with the server or are cut while an
/// answer is awaited.</summary>
/// <param name="torture">What all clients share.</param>
/// <param name="name">Its account.</param>
/// <param name="isBinary">Whether it speaks framed binary, else framed JSON.</param>
/// <param name="random">Its own, so that its plan depends on the seed alone.</param>
internal sealed class SequentialClient(TortureState torture, string name, bool isBinary, Random random) : IDisposable
{
    private const int RequestsPerCut = 3;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);
    private FrameSocket? _socket;
    private CurrentLife _connectedIn = torture.Server.Life;

    public TortureState Torture => torture;

    public string Name => name;

    public Random Random => random;

    /// <summary>The life of the server in which the last request was asked.</summary>
    public CurrentLife Life { get; private set; } = torture.Server.Life;

    private CurrentLife Now => _connectedIn.At(torture.Server.Life);

    /// <summary>Asks, on a new connection if there is none.</summary>
    /// <returns>The answer; null if the connection was lost before it came, so that the server may have done it or not.
    /// </returns>
    public async Task<Response?> AskAsync(Request request, CancellationToken cancellation)
    {
        try
        {
            _socket ??= await ConnectAsync(cancellation);
            Life = Now;
            var answer = await new SequentialRequests(_socket, _ => Task.CompletedTask).AskAsync(request, cancellation);
            if (answer is not Refused) { torture.Counts.Add(answer.Operation); }
            return answer;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            Disconnect();
            return null;
        }
        catch (LoadFailedException fault)
        {
            NoteFault(fault.Message);
            Disconnect();
            return null;
        }
    }

    /// <summary>Asks, and in one of three cases cuts the connection instead of reading the answer.</summary>
    /// <returns>As <see cref="AskAsync"/>.</returns>
    public async Task<Response?> AskOrCutAsync(Request request, CancellationToken cancellation)
    {
        if (_socket is null || torture.IsOver || random.Next(RequestsPerCut) > 0)
        {
            return await AskAsync(request, cancellation);
        }
        try
        {
            var frame = _socket.Frame(request);
            var written = random.Next(4) == 0 ? frame.Length / 2 : frame.Length;
            await _socket.WriteAsync(frame.AsMemory(0, written), cancellation);
            await Task.Delay(random.Next(20), cancellation); // before the server begins, within, or behind
            _socket.Cut(isReset: random.Next(2) == 0);
        }
        catch (SocketException) { } // the server was quicker
        Disconnect();
        return null;
    }

    public void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
    }

    /// <summary>Whether this is a refusal that a fault explains.</summary>
    public bool IsStorageRefusal(Response? answer, bool isRead = false) =>
        answer is Refused { Code: ErrorCode.StorageUnavailable }
        && Life.Excuses(life => isRead ? life.MayRefuseReads : life.MayRefuseWrites, Now);

    public void NoteFault(string what) => torture.Ledger.NoteFinding(Finding.Fault, $"{name}: {what}");

    public void Dispose() => Disconnect();

    // The server may be dead for a while.
    private async Task<FrameSocket> ConnectAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var socket = await FrameSocket.ConnectAsync(torture.Server.PickAddress(random), isBinary, cancellation);
                _connectedIn = torture.Server.Life; // after connecting: a server that was started since cannot be this one's
                return socket;
            }
            catch (Exception fault) when (fault is SocketException or IOException)
            {
                await Task.Delay(Retry, cancellation);
            }
        }
    }
}
