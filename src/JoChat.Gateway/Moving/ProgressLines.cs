using System.Diagnostics;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>Tells on stderr how far a move has come, about once a second.</summary>
internal sealed class ProgressLines : IMoveProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _toldAt = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Note(string text) => Console.Error.WriteLine($"jochat-gateway: {text}");

    /// <inheritdoc/>
    public void Report(string table, string done, long rows)
    {
        if (Stopwatch.GetElapsedTime(_toldAt) < Pause) { return; }
        _toldAt = Stopwatch.GetTimestamp();
        Note(FormattableString.Invariant($"{table}: {rows} {done}"));
    }
}
