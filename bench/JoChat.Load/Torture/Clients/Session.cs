using System.Net.Sockets;

namespace JoChat.Load.Torture;

/// <summary>One connection of a client, from its login to its end.</summary>
internal sealed partial class Session : IDisposable
{
    private readonly TortureClient _client;
    private readonly World _world;
    private readonly Wire _wire;
    private readonly ConnectionPlan _plan;
    private readonly int _number;
    private readonly CancellationTokenSource _ended;
    private readonly CurrentLife _life;
    private long _loginAt;
    private volatile bool _isDeaf; // what comes is not read any more
    private bool _isLeftOpen, _isUsurped;

    public Session(
        TortureClient client, Wire wire, ConnectionPlan plan, int number, CancellationToken cancellation)
    {
        (_client, _world, _wire, _plan, _number) = (client, client.World, wire, plan, number);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Asked only now that it is connected: a life that began since cannot be this connection's.
        _life = _world.Server.Life;
        _countdown = plan.Countdown;
    }

    private Ledger Ledger => _world.Ledger;

    private string Name => _client.Kind.Name;

    /// <summary>Logs in, sends and receives until the connection ends.</summary>
    /// <returns>Whether the connection was left open to be taken over.</returns>
    public async Task<bool> RunAsync()
    {
        if (!await EnterAsync()) { return false; }
        _client.Leave();
        var loops = new[] { UntilEndAsync(SendAsync), UntilEndAsync(ReceiveAsync) };
        await Task.WhenAll(loops);
        return _isLeftOpen;
    }

    public void Dispose()
    {
        _slots.Dispose();
        _ended.Dispose();
    }

    // Whichever loop ends first ends the other.
    private async Task UntilEndAsync(Func<Task> loop)
    {
        try
        {
            await loop();
        }
        catch (Exception end) when (end is SocketException or IOException or ObjectDisposedException)
        {
            // The connection is gone, by us or with the server.
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The other loop has ended.
        }
        catch (LoadFailedException fault)
        {
            Ledger.NoteFinding(Finding.Fault, $"{Name}: {fault.Message}");
        }
        finally
        {
            await _ended.CancelAsync();
        }
    }

    /// <summary>Whether the plan's step is this one, and due now.</summary>
    private bool IsDue(CutStep step) => _plan.Step == step && !_world.IsOver && --_countdown < 0;

    /// <summary>Whether a login of this client that was cut off has taken the account over since.</summary>
    private bool IsUsurped()
    {
        if (_isUsurped || _client.StrayLogins == 0) { return _isUsurped; }
        _client.StrayLogins--;
        return _isUsurped = true;
    }

    private bool IsPlanned(CutStep step) => _plan.Step == step && !_world.IsOver;

    private void Cut(CutStep step)
    {
        _world.Counts.Add(step);
        _isDeaf = true;
        if (step == CutStep.TakenOver) { _isLeftOpen = true; }
        else { _wire.Cut(_plan.IsReset); }
        _ended.Cancel();
    }
}
