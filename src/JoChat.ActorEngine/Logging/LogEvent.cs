#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>How grave a log event is.</summary>
public enum LogLevel
{
    /// <summary>For whoever hunts a bug.</summary>
    DebugLevel,

    /// <summary>What happens in the ordinary course.</summary>
    InfoLevel,

    /// <summary>Degraded, but nothing is lost.</summary>
    WarningLevel,

    /// <summary>Data or a function is lost.</summary>
    ErrorLevel,
}

/// <summary>Something to be logged. A host forwards these by subscribing an actor of its own to this type.</summary>
public abstract class LogEvent
{
    private protected LogEvent(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
        Thread = Thread.CurrentThread;
    }

    /// <summary>The exception; null if none.</summary>
    public Exception Cause { get; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTime Timestamp { get; } = DateTime.UtcNow;

    /// <summary>The thread it happened on.</summary>
    public Thread Thread { get; }

    /// <summary>Which actor or part of the engine it is about.</summary>
    public string LogSource { get; }

    /// <summary>The class that logged it.</summary>
    public Type LogClass { get; }

    /// <summary>What happened; its text is made when asked for.</summary>
    public object Message { get; }

    /// <summary>How grave it is.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        var cause = Cause is null ? "" : $"{Environment.NewLine}Cause: {Cause}";
        var level = LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToUpperInvariant();
        return $"[{level}][{Timestamp:O}][{LogSource}] {Message}{cause}";
    }
}

/// <summary>For whoever hunts a bug.</summary>
public sealed class Debug : LogEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="cause">May be null.</param>
    /// <param name="logSource">Which actor or part it is about.</param>
    /// <param name="logClass">The class that logs it.</param>
    /// <param name="message">What happened.</param>
    public Debug(Exception cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => JoChat.ActorEngine.LogLevel.DebugLevel;
}

/// <summary>What happens in the ordinary course.</summary>
public sealed class Info : LogEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="cause">May be null.</param>
    /// <param name="logSource">Which actor or part it is about.</param>
    /// <param name="logClass">The class that logs it.</param>
    /// <param name="message">What happened.</param>
    public Info(Exception cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => JoChat.ActorEngine.LogLevel.InfoLevel;
}

/// <summary>Degraded, but nothing is lost.</summary>
public sealed class Warning : LogEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="cause">May be null.</param>
    /// <param name="logSource">Which actor or part it is about.</param>
    /// <param name="logClass">The class that logs it.</param>
    /// <param name="message">What happened.</param>
    public Warning(Exception cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => JoChat.ActorEngine.LogLevel.WarningLevel;
}

/// <summary>Data or a function is lost.</summary>
public sealed class Error : LogEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="cause">May be null.</param>
    /// <param name="logSource">Which actor or part it is about.</param>
    /// <param name="logClass">The class that logs it.</param>
    /// <param name="message">What happened.</param>
    public Error(Exception cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => JoChat.ActorEngine.LogLevel.ErrorLevel;
}
