using System.Diagnostics;

namespace JoChat.Load;

/// <summary>A client that sends itself one message at a time by client ids, each again until it is acknowledged, and notes
/// when it was. It has a thread of its own.</summary>
internal sealed class SteadySender : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5); // so that it takes no core from the nodes
    private readonly PersistentClient _client;
    private readonly string _user;
    private readonly Task _sending;
    private readonly List<long> _acknowledgedAt = [];
    private long _lastBegunAt; // of the messages that are acknowledged
    private volatile bool _isOver;

    /// <summary>Logs in and begins to send.</summary>
    /// <param name="port">The gateway's.</param>
    /// <param name="logIn">The request by which it logs in.</param>
    /// <param name="user">Its name.</param>
    public SteadySender(int port, byte[] logIn, string user)
    {
        (_client, _user) = (new PersistentClient(port, logIn), user);
        _sending = Task.Factory.StartNew(
            Send, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How often it has logged in.</summary>
    public int LogIns => _client.LogIns;

    /// <summary>When its messages were acknowledged, as <c>Stopwatch.GetTimestamp</c>.</summary>
    public IReadOnlyList<long> AcknowledgedAt
    {
        get { lock (_acknowledgedAt) { return [.. _acknowledgedAt]; } }
    }

    /// <summary>Waits until a message is acknowledged that it began to send from now on.</summary>
    public async Task AwaitNextAsync(CancellationToken cancellation)
    {
        var from = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _lastBegunAt) < from)
        {
            if (_sending.IsCompleted) { await _sending; } // it says why
            await Task.Delay(Polling.Interval, cancellation);
        }
    }

    /// <summary>Ends the sending when the last message is acknowledged.</summary>
    public Task StopAsync()
    {
        _isOver = true;
        return _sending;
    }

    public void Dispose()
    {
        _isOver = true;
        _client.Dispose();
    }

    private void Send()
    {
        for (var number = 0; !_isOver; number++)
        {
            var begunAt = Stopwatch.GetTimestamp();
            _client.Ask(Requests.Frame("send_message", new
            {
                sender = _user,
                recipient = _user,
                content = $"message {number}",
                client_id = $"{number}",
            }));
            lock (_acknowledgedAt) { _acknowledgedAt.Add(Stopwatch.GetTimestamp()); }
            Volatile.Write(ref _lastBegunAt, begunAt);
            Thread.Sleep(Interval);
        }
    }
}
