using Microsoft.AspNetCore.Connections;

namespace JoChat.Gateway;

/// <summary>Bounds the connections of all ports together. One more is closed at once, of which a line a minute is
/// logged.</summary>
/// <remarks>The bound is also kept below the number of files that the process may open. Without a free descriptor the
/// transport could not accept a connection even to close it, and tries again and again without a pause.</remarks>
internal sealed partial class ConnectionLimit(
    GatewayOptions options, int? openFiles, TimeProvider time, ILogger<ConnectionLimit> logger)
{
    private const int SpareFiles = 512; // the program's own, some 200, and connections that are just being closed
    private static readonly TimeSpan LinePause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _open;

    // Under the lock.
    private int _untold;
    private long? _toldAt;

    /// <summary>Most connections at a time.</summary>
    public int Most { get; } = Math.Min(options.MaxConnections, Affordable(openFiles));

    /// <summary>Warns if more was wished for than can be.</summary>
    public void CheckWish()
    {
        var isWish = options.MaxConnections != new GatewayOptions().MaxConnections;
        if (isWish && Most < options.MaxConnections) { Log.TooManyWished(logger, options.MaxConnections, Most); }
    }

    /// <summary>Lets connections through to <paramref name="next"/> while there is room.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => connection => ServeAsync(connection, next);

    private static int Affordable(int? openFiles) =>
        openFiles is { } most ? Math.Max(most - SpareFiles, 1) : int.MaxValue;

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= Most) { await next(connection); }
            else { NoteClosed(); }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private void NoteClosed()
    {
        int closed;
        lock (_lock)
        {
            _untold++;
            if (_toldAt is { } last && time.GetElapsedTime(last) < LinePause) { return; }
            (closed, _untold, _toldAt) = (_untold, 0, time.GetTimestamp());
        }
        var reason = Most < options.MaxConnections
            ? "the limit of open files (ulimit -n, LimitNOFILE)"
            : "jochat.gateway.max-connections";
        Log.Closed(logger, closed, Most, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(4031, LogLevel.Warning,
            "{Closed} more connections were closed: {Most} are open, as many as {Reason} allows")]
        public static partial void Closed(ILogger logger, int closed, int most, string reason);

        [LoggerMessage(4032, LogLevel.Warning,
            "jochat.gateway.max-connections is {Wish}, but the limit of open files (ulimit -n, LimitNOFILE) allows "
            + "{Most}")]
        public static partial void TooManyWished(ILogger logger, int wish, int most);
    }
}
