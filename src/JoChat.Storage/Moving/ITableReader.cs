namespace JoChat.Storage;

/// <summary>Reads the tables of a database, one after the other.</summary>
public interface ITableReader
{
    /// <summary>Reads a table in the order of its key, a row at a time. Nothing else may be asked of the database until all
    /// is read, or the reading is disposed of.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">Only rows behind this key; null for all.</param>
    /// <exception cref="StorageException">It could not be read.</exception>
    IEnumerable<object?[]> Read(MovedTable table, object?[]? after = null);
}
