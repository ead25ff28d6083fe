namespace JoChat.Load;

/// <summary>Pairs that chat at a moderate rate all the time, to measure how a workload affects others.</summary>
internal sealed class BackgroundPairs(LoadState state) : IAsyncDisposable
{
    private const int PerSecond = 20; // each pair; well below what the server can do
    private readonly Pairs _pairs = new(state);
    private readonly CancellationTokenSource _end = new();
    private IReadOnlyList<PacedSender> _senders = [];
    private Task<double> _chatting = Task.FromResult(0.0);

    /// <summary>How many messages were answered as stored.</summary>
    public long Acknowledged => _senders.Sum(sender => sender.Answered);

    public async Task StartAsync(ChatServer server, int pairs)
    {
        await _pairs.LogInAsync(server, pairs);
        _senders = [.. _pairs.Senders.Select(of => PacedSender.Begin(of.Connection, state, of.Messages))];
        _chatting = Pacer.RunAsync(_senders, pairs * PerSecond, long.MaxValue, _end.Token);
    }

    /// <summary>Measures their end-to-end latency while something is done.</summary>
    /// <returns>In stopwatch ticks; of all messages that were sent until it was done.</returns>
    public async Task<LatencyHistogram> MeasureAsync(Func<Task> something, CancellationToken cancellation)
    {
        foreach (var recipient in _pairs.Recipients) { recipient.Restart(); }
        state.IsCounting = true;
        await something();
        var sent = _senders.Sum(sender => sender.Sent);
        await Polling.UntilAsync(
            () => state.HasFailed || _pairs.Received >= sent, Polling.Timeout, cancellation);
        state.IsCounting = false;
        await Task.Delay(Polling.Interval, cancellation); // a message that is just being counted
        return LatencyHistogram.Merge(_pairs.Recipients.Select(recipient => recipient.EndToEnd));
    }

    /// <summary>Ends the chat and checks that every message arrived once and in order.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        var isSettled = await Polling.UntilAsync(
            () => state.HasFailed || (_senders.All(sender => sender.Answered == sender.Sent)
                && _pairs.Received == _senders.Sum(sender => sender.Sent)),
            Polling.Timeout, cancellation);
        if (!isSettled) { state.Fail("A pair's messages were not all answered and received"); }
        await _pairs.CheckAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) { return; }
        await _end.CancelAsync();
        await _chatting;
    }
}
