#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>What the engine reads from its configuration, with the defaults of what is not set.</summary>
public sealed class Settings
{
    internal Settings(Config config)
    {
        Config = config;
        LogLevel = ReadLevel(config, "akka.loglevel", "INFO");
        StdoutLogLevel = ReadLevel(config, "akka.stdout-loglevel", "WARNING");
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
    }

    /// <summary>The whole configuration the system was made with.</summary>
    public Config Config { get; }

    /// <summary>How long an ask waits that names no time; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan AskTimeout { get; }

    /// <summary>Events below this level are not made (<c>akka.loglevel</c>).</summary>
    internal LogLevel LogLevel { get; }

    /// <summary>Events below this level are not written to standard error (<c>akka.stdout-loglevel</c>).</summary>
    internal LogLevel StdoutLogLevel { get; }

    private static LogLevel ReadLevel(Config config, string path, string @default)
    {
        var text = config.GetString(path, @default);
        return text.ToUpperInvariant() switch
        {
            "DEBUG" => LogLevel.DebugLevel,
            "INFO" => LogLevel.InfoLevel,
            "WARNING" or "WARN" => LogLevel.WarningLevel,
            "ERROR" => LogLevel.ErrorLevel,
            "OFF" or "FALSE" => LogLevel.ErrorLevel + 1,
            _ => throw new ConfigurationException(
                $"{path} is \"{text}\"; DEBUG, INFO, WARNING, ERROR or OFF is wanted."),
        };
    }
}
