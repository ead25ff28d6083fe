namespace JoChat.Load;

/// <summary>Waits for what the socket thread does, by looking now and then: that costs the load nothing.</summary>
internal static class Settling
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until it is so, or for the longest time. True if it is so.</summary>
    public static async Task<bool> UntilAsync(Func<bool> isSo, TimeSpan longest, CancellationToken cancellation)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!isSo())
        {
            var left = longest - System.Diagnostics.Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) { return false; }
            await Task.Delay(left < Interval ? left : Interval, cancellation);
        }
        return true;
    }
}
