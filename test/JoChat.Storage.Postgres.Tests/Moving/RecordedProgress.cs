namespace JoChat.Storage.Postgres.Tests;

/// <summary>Keeps what a move reports, and fails at one of its steps, as if the process was killed there.</summary>
internal sealed class RecordedProgress(int failsAt = int.MaxValue) : IMoveProgress
{
    public List<string> Notes { get; } = [];

    public List<(string Table, string Done, long Rows)> Steps { get; } = [];

    /// <summary>Gets the table of each batch that was copied.</summary>
    public Action<string>? BehindBatch { get; set; }

    public void Note(string text) => Notes.Add(text);

    public void Report(string table, string done, long rows)
    {
        Steps.Add((table, done, rows));
        BehindBatch?.Invoke(table);
        if (Steps.Count == failsAt) { throw new KilledException(); }
    }

    public sealed class KilledException : Exception;
}
