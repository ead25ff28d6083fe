namespace JoChat.Storage;

/// <summary>Hears how far a <see cref="Move"/> or a backup has come.</summary>
public interface IMoveProgress
{
    /// <summary>Something that the operator should know, in one sentence.</summary>
    void Note(string text);

    /// <summary>Some more rows are done.</summary>
    /// <param name="table">Of this table.</param>
    /// <param name="done">What was done to them, such as "copied".</param>
    /// <param name="rows">How many of this table so far.</param>
    void Report(string table, string done, long rows);
}
