using System.Threading.Channels;

namespace JoChat.Cli.Terminals;

/// <summary>Keys that are to be taken as one.</summary>
/// <param name="Keys">At least one.</param>
/// <param name="IsBurst">Whether they came faster than anybody types: pasted into a terminal that does not tell so, or
/// written by a program.</param>
/// <param name="At">When the first arrived.</param>
internal readonly record struct KeyBurst(KeyStroke[] Keys, bool IsBurst, long At);

/// <summary>Tells keys that are pressed from those that arrive together.</summary>
/// <param name="batches">What was read.</param>
/// <param name="time">The clock by which it was timed.</param>
/// <param name="demand">Asks for more.</param>
internal sealed class KeyReader(ChannelReader<KeyBatch> batches, TimeProvider time, Action demand)
{
    private const int LongestBurst = 200_000; // keys; more than a message takes

    // What belongs together arrives within it; nobody presses keys at that rate.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(20);

    private KeyBurst? _left;
    private long? _last;
    private bool _wasBurst;

    /// <summary>Keeps keys for the next question.</summary>
    public void PutBack(KeyBurst left) => _left = left;

    /// <summary>Waits for keys.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Null at the end of input.</returns>
    public async ValueTask<KeyBurst?> ReadAsync(CancellationToken cancellation)
    {
        if (_left is { } left)
        {
            _left = null;
            return left;
        }
        demand();
        if (!await batches.WaitToReadAsync(cancellation) || !batches.TryRead(out var first)) { return null; }

        var follows = _wasBurst && IsTogether(first);
        _last = first.At;
        _wasBurst = follows || first.Keys.Length > 1;
        if (!_wasBurst) { return new KeyBurst(first.Keys, IsBurst: false, first.At); }

        List<KeyStroke> keys = [.. first.Keys];
        while (keys.Count < LongestBurst && await HasMoreAsync(cancellation) && batches.TryRead(out var more))
        {
            keys.AddRange(more.Keys);
            _last = more.At;
        }
        return new KeyBurst([.. keys], IsBurst: true, first.At);
    }

    private bool IsTogether(KeyBatch batch) => _last is { } last && time.GetElapsedTime(last, batch.At) <= Together;

    private async Task<bool> HasMoreAsync(CancellationToken cancellation)
    {
        if (!batches.TryPeek(out _))
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var arriving = batches.WaitToReadAsync(waiting.Token).AsTask();
            await Task.WhenAny(arriving, Task.Delay(Together, time, waiting.Token));
            waiting.Cancel();
            await ((Task)arriving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return batches.TryPeek(out var next) && IsTogether(next);
    }
}
