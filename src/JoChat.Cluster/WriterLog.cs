using Microsoft.Extensions.Logging;

namespace JoChat.Cluster;

internal static partial class WriterLog
{
    [LoggerMessage(5003, LogLevel.Information, "Writes to {Store}, with epoch {Epoch}")]
    public static partial void Writes(ILogger logger, string store, long epoch);

    [LoggerMessage(5004, LogLevel.Warning, "{Reason}; tried again")]
    public static partial void CannotOpen(ILogger logger, string reason);
}
