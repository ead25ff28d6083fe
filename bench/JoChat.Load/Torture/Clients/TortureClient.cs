using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>An account that sends and receives over connections that are cut again and again, until all it sent is
/// acknowledged.</summary>
/// <param name="kind">Its account, and how it receives.</param>
/// <param name="torture">What all clients share.</param>
/// <param name="random">Its own, so that its plan depends on the seed alone.</param>
internal sealed class TortureClient(ClientKind kind, TortureState torture, Random random)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private int _connections;
    private FrameSocket? _leftOpen;

    public ClientKind Kind => kind;

    public TortureState Torture => torture;

    public Random Random => random;

    public Outbox Outbox { get; } = new();

    /// <summary>The token of its last login, or null.</summary>
    public Secret? Token { get; set; }

    /// <summary>How many of its logins were cut off and may still be executed, each taking the account over
    /// unexpectedly.</summary>
    public int StrayLogins { get; set; }

    /// <summary>The secret that it logs in with.</summary>
    public Secret Password => new($"password of {kind.Name}");

    /// <summary>Runs until the torture is over and nothing is left to send.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!torture.IsOver || !Outbox.IsEmpty)
        {
            var plan = torture.IsOver ? ConnectionPlan.Calm : ConnectionPlan.Next(kind.Receiving, random);
            try
            {
                await ConnectAsync(plan, cancellation);
            }
            catch (Exception fault) when (fault is SocketException or IOException or ObjectDisposedException)
            {
                await Task.Delay(Pause, cancellation); // cut, or the server was killed: reconnect
            }
        }
        Leave();
    }

    /// <summary>Connects. The account is signed up already.</summary>
    public Task<FrameSocket> ConnectAsync(CancellationToken cancellation) =>
        FrameSocket.ConnectAsync(torture.Server.PickAddress(random), kind.IsBinary, cancellation);

    /// <summary>Closes the connection that was left open to be taken over.</summary>
    public void Leave()
    {
        _leftOpen?.Dispose();
        _leftOpen = null;
    }

    private async Task ConnectAsync(ConnectionPlan plan, CancellationToken cancellation)
    {
        var socket = await ConnectAsync(cancellation);
        var isLeftOpen = false;
        try
        {
            Outbox.Reconnected();
            // An account whose connection was left open is not free: it must be taken over.
            var possible = _leftOpen is not null && plan.Login == LoginMethod.PasswordWhenFree
                ? plan with { Login = LoginMethod.Password }
                : plan;
            using var connection = new TortureConnection(this, socket, possible, ++_connections, cancellation);
            isLeftOpen = await connection.RunAsync();
        }
        finally
        {
            if (isLeftOpen)
            {
                Leave();
                _leftOpen = socket;
            }
            else
            {
                socket.Dispose();
            }
        }
    }
}
