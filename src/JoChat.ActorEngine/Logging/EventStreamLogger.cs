using System.Globalization;

namespace JoChat.ActorEngine;

internal sealed class EventStreamLogger(
    LocalActorSystem system, string source, Type type, ILogMessageFormatter? formatter = null) : ILoggingAdapter
{
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);

    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);

    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= system.Settings.LogLevel;

    public void Debug(string format, params object[] args) => Log(LogLevel.DebugLevel, null, format, args);

    public void Debug(Exception? cause, string format, params object[] args) =>
        Log(LogLevel.DebugLevel, cause, format, args);

    public void Info(string format, params object[] args) => Log(LogLevel.InfoLevel, null, format, args);

    public void Info(Exception? cause, string format, params object[] args) =>
        Log(LogLevel.InfoLevel, cause, format, args);

    public void Warning(string format, params object[] args) => Log(LogLevel.WarningLevel, null, format, args);

    public void Warning(Exception? cause, string format, params object[] args) =>
        Log(LogLevel.WarningLevel, cause, format, args);

    public void Error(string format, params object[] args) => Log(LogLevel.ErrorLevel, null, format, args);

    public void Error(Exception? cause, string format, params object[] args) =>
        Log(LogLevel.ErrorLevel, cause, format, args);

    private void Log(LogLevel level, Exception? cause, string format, object[] args)
    {
        if (!IsEnabled(level)) { return; }
        object message = args.Length == 0 ? format : new FormattedText(format, args, formatter);
        system.EventStream.Publish(level switch
        {
            LogLevel.DebugLevel => new Debug(cause, source, type, message),
            LogLevel.InfoLevel => new Info(cause, source, type, message),
            LogLevel.WarningLevel => new Warning(cause, source, type, message),
            _ => (LogEvent)new Error(cause, source, type, message),
        });
    }

    // Formatted by whoever prints it. A format that does not fit its arguments must not fail the actor that logs.
    private sealed class FormattedText(string format, object[] args, ILogMessageFormatter? formatter)
    {
        public override string ToString()
        {
            try
            {
                return formatter?.Format(format, args) ?? string.Format(CultureInfo.InvariantCulture, format, args);
            }
            catch (FormatException)
            {
                return $"{format} [{string.Join(", ", args)}]";
            }
        }
    }
}
