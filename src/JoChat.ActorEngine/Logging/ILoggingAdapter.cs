#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Logs for one actor, or one part of the engine, onto the event stream. Formats are those of
/// <see cref="string.Format(string, object[])"/>; a level that is off costs next to nothing.</summary>
public interface ILoggingAdapter
{
    /// <summary>Whether debug events go anywhere.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether information goes anywhere.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether warnings go anywhere.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether errors go anywhere.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether events of that level go anywhere.</summary>
    /// <param name="logLevel">The level.</param>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Logs for whoever hunts a bug.</summary>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Debug(string format, params object[] args);

    /// <summary>Logs for whoever hunts a bug.</summary>
    /// <param name="cause">The exception.</param>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Debug(Exception cause, string format, params object[] args);

    /// <summary>Logs what happens in the ordinary course.</summary>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Info(string format, params object[] args);

    /// <summary>Logs what happens in the ordinary course.</summary>
    /// <param name="cause">The exception.</param>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Info(Exception cause, string format, params object[] args);

    /// <summary>Logs that something is degraded.</summary>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Warning(string format, params object[] args);

    /// <summary>Logs that something is degraded.</summary>
    /// <param name="cause">The exception.</param>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Warning(Exception cause, string format, params object[] args);

    /// <summary>Logs that data or a function is lost.</summary>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Error(string format, params object[] args);

    /// <summary>Logs that data or a function is lost.</summary>
    /// <param name="cause">The exception.</param>
    /// <param name="format">The text, with {0} for the first argument.</param>
    /// <param name="args">What goes into the text.</param>
    void Error(Exception cause, string format, params object[] args);
}

/// <summary>Makes a text of a format and what goes into it.</summary>
public interface ILogMessageFormatter
{
    /// <summary>The text.</summary>
    /// <param name="format">As given to the logger.</param>
    /// <param name="args">As given to the logger.</param>
    string Format(string format, params object[] args);

    /// <summary>The text.</summary>
    /// <param name="format">As given to the logger.</param>
    /// <param name="args">As given to the logger.</param>
    string Format(string format, IEnumerable<object> args);
}

/// <summary>Getting a logger.</summary>
public static class Logging
{
    /// <summary>The logger of the actor that runs.</summary>
    /// <param name="context">The actor's context.</param>
    /// <param name="logMessageFormatter">Makes the texts; null for
    /// <see cref="string.Format(string, object[])"/>.</param>
    public static ILoggingAdapter GetLogger(
        this IActorContext context, ILogMessageFormatter logMessageFormatter = null) => new EventStreamLogger(
        ((ActorCell)context).System, context.Self.Path.ToString(), context.Props.Type, logMessageFormatter);
}
