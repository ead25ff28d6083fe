using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors.Tests;

/// <summary>A logger that keeps what it is told.</summary>
internal sealed class LogRecorder : ILogger
{
    private readonly Channel<Line> _lines = Channel.CreateUnbounded<Line>();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <summary>From which level on it keeps anything.</summary>
    public LogLevel Least { get; set; }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite(new Line(logLevel, formatter(state, exception), exception));

    /// <summary>Gives the lines up to the one that ends with the text, that one left out.</summary>
    public async Task<IReadOnlyList<Line>> ReadUntilAsync(string text)
    {
        var lines = new List<Line>();
        while (true)
        {
            var line = await _lines.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            if (line.Text.EndsWith(text, StringComparison.Ordinal)) { return lines; }
            lines.Add(line);
        }
    }

    public IReadOnlyList<Line> ReadAll()
    {
        var lines = new List<Line>();
        while (_lines.Reader.TryRead(out var line)) { lines.Add(line); }
        return lines;
    }

    public sealed record Line(LogLevel Level, string Text, Exception? Cause);
}
