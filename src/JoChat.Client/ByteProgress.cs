namespace JoChat.Client;

/// <summary>What moves on a connection, and for how long stillness still means nothing: bytes that were written can be
/// under way in buffers that nobody can look into, ours, those on the way and the server's.</summary>
internal sealed class ByteProgress(TimeProvider time)
{
    /// <summary>Bounds what our side hides; without it the kernel takes megabytes at once.</summary>
    public const int SendBufferBytes = 32 * 1024;

    // The slowest link that is put up with, a quarter of a GSM modem; and what all buffers together may hide, so that
    // a dead server is found out in bounded time, however much was written to it.
    private const int SlowestBytesPerSecond = 256;
    private const int MostHiddenBytes = 128 * 1024;

    private long _lastMove = time.GetTimestamp();
    private int _unansweredBytes;

    /// <summary>How long nothing has moved.</summary>
    public TimeSpan Still => time.GetElapsedTime(Volatile.Read(ref _lastMove));

    /// <summary>How long the slowest link may need for the requests that are not answered.</summary>
    public TimeSpan Allowance =>
        TimeSpan.FromSeconds(Math.Min(Volatile.Read(ref _unansweredBytes), MostHiddenBytes) / SlowestBytesPerSecond);

    /// <summary>Bytes were received, or the peer took bytes of ours.</summary>
    public void MarkMove() => Volatile.Write(ref _lastMove, time.GetTimestamp());

    /// <summary>A request is about to be written.</summary>
    public void Add(PendingRequest pending) => Interlocked.Add(ref _unansweredBytes, pending.Frame.Length);

    /// <summary>A request is answered.</summary>
    public void Remove(PendingRequest pending) => Interlocked.Add(ref _unansweredBytes, -pending.Frame.Length);
}
