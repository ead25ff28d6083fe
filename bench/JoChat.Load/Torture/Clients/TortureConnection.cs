using System.Net.Sockets;

namespace JoChat.Load.Torture;

/// <summary>One connection of a client, from its login to its end.</summary>
internal sealed partial class TortureConnection : IDisposable
{
    private readonly TortureClient _client;
    private readonly TortureState _torture;
    private readonly FrameSocket _socket;
    private readonly ConnectionPlan _plan;
    private readonly int _number;
    private readonly CancellationTokenSource _ended;
    private readonly CurrentLife _firstLife;
    private long _loginAt;
    private volatile bool _ignoresInput; // what arrives is not handled any more
    private bool _isLeftOpen, _isSessionEnded;

    public TortureConnection(
        TortureClient client, FrameSocket socket, ConnectionPlan plan, int number, CancellationToken cancellation)
    {
        (_client, _torture, _socket, _plan, _number) = (client, client.Torture, socket, plan, number);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Read only after connecting: a server that was started since cannot be this connection's.
        _firstLife = _torture.Server.Life;
        _countdown = plan.Countdown;
    }

    private Ledger Ledger => _torture.Ledger;

    private string Name => _client.Kind.Name;

    private CurrentLife Life => _firstLife.At(_torture.Server.Life);

    /// <summary>Logs in, sends and receives until the connection ends.</summary>
    /// <returns>Whether the connection was left open to be taken over.</returns>
    public async Task<bool> RunAsync()
    {
        if (!await LogInAsync()) { return false; }
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
    private bool IsDue(CutStep step) => _plan.Step == step && !_torture.IsOver && --_countdown < 0;

    /// <summary>Whether a login of this client that was cut off has taken the account over since.</summary>
    private bool IsTakenOverByStrayLogin()
    {
        if (_isSessionEnded || _client.StrayLogins == 0) { return _isSessionEnded; }
        _client.StrayLogins--;
        return _isSessionEnded = true;
    }

    private bool IsPlanned(CutStep step) => _plan.Step == step && !_torture.IsOver;

    private void Cut(CutStep step)
    {
        _torture.Counts.Add(step);
        _ignoresInput = true;
        if (step == CutStep.TakenOver) { _isLeftOpen = true; }
        else { _socket.Cut(_plan.IsReset); }
        _ended.Cancel();
    }
}
