namespace JoChat.Load;

/// <summary>A client that reads pages of old conversations at a moderate rate all the time, to measure how a workload affects
/// reading.</summary>
internal sealed class BackgroundReader : IAsyncDisposable
{
    private const int PageMessages = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly BlockingClient _client;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _recording = new();
    private readonly Task _reading;
    private LatencyHistogram _times = new();

    /// <param name="port">The gateway's.</param>
    /// <param name="size">What <see cref="LargeContent"/> has filled in.</param>
    public BackgroundReader(int port, LargeSize size)
    {
        _client = new BlockingClient(port);
        _client.Ask(Requests.LogIn(LargeContent.Busy));
        _reading = Task.Factory.StartNew(() => Read(size), TaskCreationOptions.LongRunning);
    }

    /// <summary>Takes how long the reads took since the last time, in stopwatch ticks.</summary>
    public LatencyHistogram Take()
    {
        lock (_recording)
        {
            var times = _times;
            _times = new();
            return times;
        }
    }

    /// <exception cref="LoadFailedException">A read was refused.</exception>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _client.Dispose();
        _end.Dispose();
    }

    // Pages from anywhere in the file, most of which no cache has.
    private void Read(LargeSize size)
    {
        var random = new Random(11);
        while (!_end.Token.WaitHandle.WaitOne(Pause))
        {
            var with = LargeContent.NameOf(random.Next(LargeContent.BusyFriends(size.Accounts)));
            _client.Ask(Requests.Frame(
                "history", new { with, before = random.Next(1, size.Messages), count = PageMessages }));
            lock (_recording) { _times.Record(_client.Elapsed); }
        }
    }
}
