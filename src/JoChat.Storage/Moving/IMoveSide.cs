namespace JoChat.Storage;

/// <summary>A database as one side of a <see cref="Move"/>, which no gateway uses meanwhile.</summary>
/// <remarks>Every call may throw <see cref="StorageException"/> or <see cref="StoreLostException"/>.</remarks>
public interface IMoveSide : ITableReader, IDisposable
{
    /// <summary>Where it is, as an operator calls it; without a password.</summary>
    string Name { get; }

    /// <summary>What was written to it last, for comparison: it changes with whatever a gateway writes.</summary>
    string State { get; }

    /// <summary>The last key of a table; null if it is empty.</summary>
    object?[]? FindLastKey(MovedTable table);

    /// <summary>The highest ids ever given; all 0 if it was never used.</summary>
    LastIds ReadLastIds();

    /// <summary>The mark of a move into it that is not finished; null if there is none.</summary>
    MoveMark? ReadMark();

    /// <summary>Adds the mark, or replaces it. Durable when it returns, as all that follows.</summary>
    void SetMark(MoveMark mark);

    /// <summary>Adds rows, in one transaction.</summary>
    void Write(MovedTable table, IReadOnlyList<object?[]> rows);

    /// <summary>Sets the highest ids.</summary>
    void WriteLastIds(LastIds ids);

    /// <summary>Deletes all that was written.</summary>
    void Empty();

    /// <summary>Removes the mark, as the last step: gateways may use it.</summary>
    void Finish();
}
