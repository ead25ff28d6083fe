namespace JoChat.ActorEngine;

/// <summary>How often one child was restarted, for life or in the current window.</summary>
internal sealed class RestartStatistics
{
    private int _restarts;
    private long? _windowStart;

    /// <summary>Counts a restart if it is allowed.</summary>
    /// <param name="maxRetries">Most restarts in the window; negative for no bound, or for one if there is a
    /// window.</param>
    /// <param name="window">Null for one that lasts for ever.</param>
    /// <param name="time">The system's time.</param>
    public bool RequestPermission(int maxRetries, TimeSpan? window, TimeProvider time)
    {
        if (maxRetries == 0) { return false; }
        if (window is not { } length || length <= TimeSpan.Zero)
        {
            return maxRetries < 0 || ++_restarts <= maxRetries;
        }

        var most = maxRetries < 0 ? 1 : maxRetries;
        var now = time.GetTimestamp();
        if (_windowStart is { } start && time.GetElapsedTime(start, now) <= length) { return ++_restarts <= most; }
        _windowStart = now;
        _restarts = 1;
        return true;
    }
}
