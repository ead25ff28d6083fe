using Microsoft.Extensions.Logging.Console;

namespace JoChat.Gateway;

/// <summary>The log of the process: one line an event, on stderr.</summary>
internal static class ProcessLog
{
    /// <summary>Logs from <paramref name="least"/> on, of the framework only what an operator can act on.</summary>
    public static void Add(IHostApplicationBuilder builder, LogLevel least)
    {
        builder.Logging.SetMinimumLevel(least)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "))
            .AddFilter("Microsoft", AtLeast(LogLevel.Warning))
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", AtLeast(LogLevel.Error)) // what clients do is no warning
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // Program tells a port that is taken in one line
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<IExternalScopeProvider, NoScopes>();

        LogLevel AtLeast(LogLevel level) => level > least ? level : least;
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
