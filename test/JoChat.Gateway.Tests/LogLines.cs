using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JoChat.Gateway.Tests;

/// <summary>What was logged, each line as "LEVEL text".</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Released once a line.</summary>
    public SemaphoreSlim Arrived { get; } = new(0);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue($"{logLevel} {formatter(state, exception)}");
        Arrived.Release();
    }

    public void Dispose() => Arrived.Dispose();
}
