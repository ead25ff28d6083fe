using System.Net;
using System.Net.Sockets;

namespace JoChat.Testing;

/// <summary>A real TCP server on loopback that is no JoChat server: it does the same on every connection.</summary>
public sealed class ForeignServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;

    /// <summary>Starts one.</summary>
    /// <param name="serve">What it does with a connection, which is closed afterwards.</param>
    public ForeignServer(Func<Stream, CancellationToken, Task> serve)
    {
        _listener.Start();
        _running = RunAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    /// <summary>One that says something at once, and then waits for more than it gets.</summary>
    public static ForeignServer Saying(byte[] greeting) => new(async (stream, closing) =>
    {
        await stream.WriteAsync(greeting, closing);
        await StayAsync(stream, closing);
    });

    /// <summary>One that says something at the end of a first line, and hangs up.</summary>
    public static ForeignServer Answering(byte[] answer) => new(async (stream, closing) =>
    {
        var read = new byte[1];
        while (read[0] != '\n')
        {
            if (await stream.ReadAsync(read, closing) == 0) { return; }
        }
        await stream.WriteAsync(answer, closing);
    });

    /// <summary>Reads until the client is gone.</summary>
    public static async Task StayAsync(Stream stream, CancellationToken closing) =>
        await stream.CopyToAsync(Stream.Null, closing);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running;
        _listener.Dispose(); // not before: a listener that is stopped refuses to accept
        _closing.Dispose();
    }

    private async Task RunAsync(Func<Stream, CancellationToken, Task> serve)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_closing.Token);
                Connections++;
                serving.Add(ServeAsync(new NetworkStream(socket, ownsSocket: true), serve));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(NetworkStream stream, Func<Stream, CancellationToken, Task> serve)
    {
        await using (stream)
        {
            try
            {
                await serve(stream, _closing.Token);
            }
            catch (Exception end) when (end is IOException or OperationCanceledException
                or System.Security.Authentication.AuthenticationException or NotSupportedException)
            {
                // The client is gone, or does not speak as expected.
            }
        }
    }
}
