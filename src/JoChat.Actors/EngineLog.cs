using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors;

/// <summary>Passes what the actor engine logs on to the process's log.</summary>
internal sealed partial class EngineLog : ReceiveActor
{
    public EngineLog(ILogger logger)
    {
        Receive<Error>(error => Log.EngineError(logger, error.LogSource, error.Message, error.Cause));
        Receive<Warning>(warning => Log.EngineWarning(logger, warning.LogSource, warning.Message));
        Receive<LogEvent>(other => Log.EngineDebug(logger, other.LogSource, other.Message));
    }

    private static partial class Log
    {
        [LoggerMessage(3011, LogLevel.Error, "{Source}: {Message}")]
        public static partial void EngineError(ILogger logger, string source, object message, Exception? cause);

        [LoggerMessage(3012, LogLevel.Warning, "{Source}: {Message}")]
        public static partial void EngineWarning(ILogger logger, string source, object message);

        [LoggerMessage(3013, LogLevel.Debug, "{Source}: {Message}")]
        public static partial void EngineDebug(ILogger logger, string source, object message);
    }
}
