using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace JoChat.Gateway;

/// <summary>The log of the process: one line an event, on stderr.</summary>
internal sealed class ProcessLog : IDisposable
{
    private readonly Source _settings = new();

    /// <summary>Makes it.</summary>
    public ProcessLog(LogSettings settings)
    {
        _settings.Change(settings);
        Loggers = LoggerFactory.Create(logging =>
        {
            logging.AddConfiguration(new ConfigurationRoot([_settings])).AddConsole(console =>
            {
                console.LogToStandardErrorThreshold = LogLevel.Trace;
                // Who reads the log may stand still; then lines are lost, and how many is told, but nothing waits.
                console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
            });
            logging.Services.AddSingleton<IExternalScopeProvider, NoScopes>();
        });
    }

    /// <summary>Whoever logs.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Has it follow other settings from now on.</summary>
    public void Change(LogSettings settings) => _settings.Change(settings);

    /// <summary>Writes what is waiting.</summary>
    public void Dispose() => Loggers.Dispose();

    // The framework's own settings of a log, made from ours.
    private sealed class Source : MemoryConfigurationProvider
    {
        public Source()
            : base(new MemoryConfigurationSource())
        {
        }

        public void Change(LogSettings settings)
        {
            var least = settings.Level;
            Set("LogLevel:Default", $"{least}");
            // Of the framework only what an operator can act on.
            Set("LogLevel:Microsoft", $"{AtLeast(LogLevel.Warning)}");
            Set("LogLevel:Microsoft.AspNetCore.Server.Kestrel", $"{AtLeast(LogLevel.Error)}"); // what clients do is no warning
            Set("LogLevel:Microsoft.Extensions.Hosting", $"{LogLevel.None}"); // ServeCommand tells a port that is taken
            Set("Console:FormatterName", FormatterOf(settings.Format));
            Set("Console:FormatterOptions:SingleLine", "true");
            var isText = settings.Format is LogFormat.Text;
            Set("Console:FormatterOptions:UseUtcTimestamp", isText ? "false" : "true");
            Set("Console:FormatterOptions:TimestampFormat", isText ? "yyyy-MM-dd HH:mm:ss " : "yyyy-MM-ddTHH:mm:ss.fffZ");
            OnReload();

            LogLevel AtLeast(LogLevel level) => level > least ? level : least;
        }

        private static string FormatterOf(LogFormat format) =>
            format is LogFormat.Text ? ConsoleFormatterNames.Simple : ConsoleFormatterNames.Json;
    }

    // No line shows its scope, but the framework's scope of a connection would hold some 150 bytes as long as it lasts.
    private sealed class NoScopes : IExternalScopeProvider
    {
        public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
        {
        }

        public IDisposable Push(object? state) => NoScope.Instance;
    }

    private sealed class NoScope : IDisposable
    {
        public static NoScope Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
