namespace JoChat.Load;

/// <summary>Pairs that chat at a moderate rate all the time, to tell what others notice of something.</summary>
internal sealed class Chatters(Stage stage) : IAsyncDisposable
{
    private const int PerSecond = 20; // each pair; well below what the server can do
    private readonly Pairs _pairs = new(stage);
    private readonly CancellationTokenSource _end = new();
    private IReadOnlyList<PacedSender> _senders = [];
    private Task<double> _chatting = Task.FromResult(0.0);

    public async Task BeginAsync(ChatServer server, int pairs)
    {
        await _pairs.EnterAsync(server, pairs);
        _senders = [.. _pairs.Senders.Select(of => PacedSender.Begin(of.Connection, stage, of.Letters))];
        _chatting = Pacer.RunAsync(_senders, pairs * PerSecond, long.MaxValue, _end.Token);
    }

    /// <summary>Measures how long their messages take from sender to recipient while something is done.</summary>
    /// <returns>In stopwatch ticks; of all messages that were sent until it was done.</returns>
    public async Task<LatencyHistogram> MeasureAsync(Func<Task> something, CancellationToken cancellation)
    {
        foreach (var recipient in _pairs.Recipients) { recipient.Restart(); }
        stage.IsCounting = true;
        await something();
        var sent = _senders.Sum(sender => sender.Sent);
        await Settling.UntilAsync(
            () => stage.HasFailed || _pairs.Received >= sent, Settling.Patience, cancellation);
        stage.IsCounting = false;
        await Task.Delay(Settling.Interval, cancellation); // a message that is just being counted
        return LatencyHistogram.Merge(_pairs.Recipients.Select(recipient => recipient.EndToEnd));
    }

    /// <summary>Ends the chat and checks that all of it came once and in order.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        var isSettled = await Settling.UntilAsync(
            () => stage.HasFailed || (_senders.All(sender => sender.Answered == sender.Sent)
                && _pairs.Received == _senders.Sum(sender => sender.Sent)),
            Settling.Patience, cancellation);
        if (!isSettled) { stage.Fail("A pair's messages were not all answered and received"); }
        await _pairs.CheckAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) { return; }
        await _end.CancelAsync();
        await _chatting;
    }
}
