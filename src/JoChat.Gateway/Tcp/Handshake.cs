namespace JoChat.Gateway;

/// <summary>The time a connection has to show what it speaks, on the outside of TLS and inside together.</summary>
internal sealed class Handshake : IDisposable
{
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;

    public Handshake(TimeSpan longest, TimeProvider time, CancellationToken stopping)
    {
        _deadline = new CancellationTokenSource(longest, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, stopping);
    }

    /// <summary>Gives up: the time is over, or the server stops.</summary>
    public CancellationToken GivenUp => _either.Token;

    /// <summary>Whether the time was over before <see cref="Finish"/>.</summary>
    public bool IsExpired => !IsFinished && _deadline.IsCancellationRequested;

    /// <summary>Whether <see cref="Finish"/> was called.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>It is known what the client speaks inside TLS: from now on it may be silent.</summary>
    public void Finish()
    {
        IsFinished = true;
        _deadline.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _either.Dispose();
        _deadline.Dispose();
    }
}
