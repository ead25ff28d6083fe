namespace JoChat.Storage;

/// <summary>Moves all that a database holds into another, which may be of another engine, and compares both. What is
/// ended at any point goes on when it is run again: each table is copied in the order of its key, so that the last key in
/// the target says how far it has come.</summary>
public sealed class Move
{
    private const int BatchRows = 50_000;
    private const int BatchBytes = 16 * 1024 * 1024;

    private readonly IMoveSide _source, _target;
    private readonly IMoveProgress _progress;
    private readonly int _batchRows;

    /// <summary>Makes the move.</summary>
    /// <param name="source">Is only read.</param>
    /// <param name="target">Was never used, or holds what an earlier run has copied from the same source.</param>
    /// <param name="progress">Hears how far it has come.</param>
    public Move(IMoveSide source, IMoveSide target, IMoveProgress progress) : this(source, target, progress, BatchRows)
    {
    }

    internal Move(IMoveSide source, IMoveSide target, IMoveProgress progress, int batchRows) =>
        (_source, _target, _progress, _batchRows) = (source, target, progress, batchRows);

    /// <summary>Runs it. If both sides differ in the end, the target stays unfinished, and the next run begins anew.
    /// </summary>
    /// <param name="manifest">Gets the source's manifest; null if nobody wants it.</param>
    /// <exception cref="StorageException">The target holds something else, or either side failed.</exception>
    public MoveSummary Run(TextWriter? manifest = null)
    {
        if (_target.ReadMark() is { } mark) { GoOn(mark); }
        else if (_target.ReadLastIds() is var used && used != default) { return CompareUsed(used, manifest); }
        _target.SetMark(new MoveMark(_source.Name, _source.State));
        foreach (var table in MovedTable.All) { Copy(table); }
        _target.WriteLastIds(_source.ReadLastIds());
        var summary = Compare(manifest);
        if (summary.Differences.Count == 0) { _target.Finish(); }
        else { _target.SetMark(new MoveMark(_source.Name, State: "")); }
        return summary;
    }

    private void GoOn(MoveMark mark)
    {
        if (mark.Source != _source.Name)
        {
            throw Refused($"a move into it from {mark.Source} is not finished; finish that, or make it empty");
        }
        if (mark.State == _source.State) { return; }
        _progress.Note($"{_source.Name} has changed since, or differed in the end: everything is copied again");
        _target.Empty();
    }

    // What was finished by a run that could not say so any more is finished.
    private MoveSummary CompareUsed(LastIds used, TextWriter? manifest)
    {
        var summary = used == _source.ReadLastIds() ? Compare(manifest) : null;
        return summary is { Differences.Count: 0 } ? summary : throw Refused(
            $"it has accounts or messages already that are not those of {_source.Name}; name an empty one");
    }

    private void Copy(MovedTable table)
    {
        var batch = new List<object?[]>();
        var (bytes, rows) = (0L, 0L);
        foreach (var row in _source.Read(table, _target.FindLastKey(table)))
        {
            batch.Add(row);
            foreach (var value in row) { bytes += (value as byte[])?.Length ?? 0; }
            if (batch.Count >= _batchRows || bytes >= BatchBytes) { Write(); }
        }
        if (batch.Count > 0) { Write(); }

        void Write()
        {
            _target.Write(table, batch);
            rows += batch.Count;
            batch.Clear();
            bytes = 0;
            _progress.Report(table.Name, "copied", rows);
        }
    }

    private MoveSummary Compare(TextWriter? manifest)
    {
        using var comparison = new ManifestComparison(manifest, "the source", "the target");
        // Both are read in step.
        return comparison.Run(Manifest.Of(_source, _progress), Manifest.Of(_target, NoProgress.Instance));
    }

    private StorageException Refused(string reason) =>
        new($"cannot move into {_target.Name}: {reason}", isTransient: false);
}
