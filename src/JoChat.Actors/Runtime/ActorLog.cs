using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors;

/// <summary>Hands what Akka logs to the process's log.</summary>
internal sealed partial class ActorLog : ReceiveActor
{
    private const string Connections = "/system/endpointManager/"; // of Akka.Remote

    public ActorLog(ILogger logger)
    {
        // Failures and dead letters are published at any level: whether they are logged is left to the logger.
        Receive<LogEvent>(_ => { }, logged => logged.LogLevel() < Context.System.EventStream.LogLevel);
        // A connection to another node that is lost is no fault of this one, and needs no stack.
        Receive<LogEvent>(
            lost => Log.AkkaWarning(logger, lost.LogSource, FirstLineOf(lost.Message), cause: null),
            logged => logged is Error or Warning && logged.LogSource.Contains(Connections, StringComparison.Ordinal));
        Receive<Error>(error => Log.AkkaError(logger, error.LogSource, error.Message, error.Cause));
        Receive<Warning>(warning => Log.AkkaWarning(logger, warning.LogSource, warning.Message, warning.Cause));
        Receive<LogEvent>(other => Log.AkkaDebug(logger, other.LogSource, other.Message));
    }

    private static string FirstLineOf(object message) => $"{message}".Split('\n', 2)[0].TrimEnd();

    private static partial class Log
    {
        [LoggerMessage(3011, LogLevel.Error, "{Source}: {Message}")]
        public static partial void AkkaError(ILogger logger, string source, object message, Exception? cause);

        [LoggerMessage(3012, LogLevel.Warning, "{Source}: {Message}")]
        public static partial void AkkaWarning(ILogger logger, string source, object message, Exception? cause);

        [LoggerMessage(3013, LogLevel.Debug, "{Source}: {Message}")]
        public static partial void AkkaDebug(ILogger logger, string source, object message);
    }
}
