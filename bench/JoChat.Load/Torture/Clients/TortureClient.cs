using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>One account, whose connections are cut again and again, until everything it sent is acknowledged.</summary>
/// <param name="kind">Who, and how it receives.</param>
/// <param name="world">What all clients share.</param>
/// <param name="random">Its own: what is done to it depends on nothing else.</param>
internal sealed class TortureClient(ClientKind kind, World world, Random random)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private int _connections;
    private Wire? _leftOpen;

    public ClientKind Kind => kind;

    public World World => world;

    public Random Random => random;

    public Outbox Outbox { get; } = new();

    /// <summary>The token of its last login, or null.</summary>
    public Secret? Token { get; set; }

    /// <summary>How many of its logins were cut off that the server may still do, each taking the account over when
    /// nobody expects it.</summary>
    public int StrayLogins { get; set; }

    /// <summary>What the original client would make of its password.</summary>
    public Secret Password => new($"password of {kind.Name}");

    /// <summary>Lives until the torture is over and nothing is left to send.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!world.IsOver || !Outbox.IsEmpty)
        {
            var plan = world.IsOver ? ConnectionPlan.Calm : ConnectionPlan.Next(kind.Receiving, random);
            try
            {
                await ConnectAsync(plan, cancellation);
            }
            catch (Exception fault) when (fault is SocketException or IOException or ObjectDisposedException)
            {
                await Task.Delay(Pause, cancellation); // cut, or the server is dead: again
            }
        }
        Leave();
    }

    /// <summary>Connects. The account is signed up already.</summary>
    public Task<Wire> ConnectAsync(CancellationToken cancellation) =>
        Wire.ConnectAsync(world.Server.Port, kind.IsBinary, cancellation);

    /// <summary>Closes the connection that was left open to be taken over.</summary>
    public void Leave()
    {
        _leftOpen?.Dispose();
        _leftOpen = null;
    }

    private async Task ConnectAsync(ConnectionPlan plan, CancellationToken cancellation)
    {
        var wire = await ConnectAsync(cancellation);
        var isLeftOpen = false;
        try
        {
            Outbox.Reconnected();
            // An account whose connection was left open is not free: it must be taken over.
            var entrance = _leftOpen is not null && plan.Entrance == Entrance.PasswordAlone
                ? plan with { Entrance = Entrance.Password }
                : plan;
            using var session = new Session(this, wire, entrance, ++_connections, cancellation);
            isLeftOpen = await session.RunAsync();
        }
        finally
        {
            if (isLeftOpen)
            {
                Leave();
                _leftOpen = wire;
            }
            else
            {
                wire.Dispose();
            }
        }
    }
}
