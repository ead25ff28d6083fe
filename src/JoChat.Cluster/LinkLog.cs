using Akka.Actor;
using JoChat.Link;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Cluster;

internal static partial class LinkLog
{
    [LoggerMessage(5001, LogLevel.Information, "The {Link} to {Other} stands")]
    public static partial void Stands(ILogger logger, LinkName link, ActorPath other);

    [LoggerMessage(5002, LogLevel.Warning, "The {Link} to {Other} is broken: {Reason}")]
    public static partial void Broke(ILogger logger, LinkName link, ActorPath other, string reason);

    [LoggerMessage(5007, LogLevel.Warning,
        "A writer of epoch {Epoch} is refused, because there was one of epoch {Before}; for 15 s, if no other is found")]
    public static partial void Replaced(ILogger logger, long epoch, long before);
}
