using Akka.Actor;
using JoChat.Link;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Cluster;

internal static partial class LinkLog
{
    [LoggerMessage(5001, LogLevel.Information, "{Link} to {Other} stands")]
    public static partial void Stands(ILogger logger, LinkName link, ActorPath other);

    [LoggerMessage(5002, LogLevel.Warning, "{Link} to {Other} is broken: {Reason}")]
    public static partial void Broke(ILogger logger, LinkName link, ActorPath other, string reason);
}
