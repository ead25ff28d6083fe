using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>Keeps some of the disk free: below that nothing is taken that would stay, so that what is there can still be
/// read, moved and deleted. It is looked at from time to time, not for each message.</summary>
internal sealed partial class FreeSpaceFloor(IChatStore store, Changeable<long> leastBytes, ILogger logger)
{
    /// <summary>Whether there was too little when it was looked at last.</summary>
    public bool IsReached { get; private set; }

    public void Look()
    {
        var (free, least) = (store.MeasureFreeBytes(), leastBytes.Value);
        var isReached = free < least;
        if (isReached == IsReached) { return; }
        IsReached = isReached;
        if (isReached) { Log.Reached(logger, free, least); }
        else { Log.Left(logger, free); }
    }

    private static partial class Log
    {
        [LoggerMessage(3005, LogLevel.Error,
            "Too little disk space is free, {FreeBytes} bytes of at least {LeastBytes} (jochat.storage.min-free); " +
            "messages and sign-ups are refused until there is more")]
        public static partial void Reached(ILogger logger, long freeBytes, long leastBytes);

        [LoggerMessage(3006, LogLevel.Information,
            "Enough disk space is free again, {FreeBytes} bytes; messages and sign-ups are taken")]
        public static partial void Left(ILogger logger, long freeBytes);
    }
}
