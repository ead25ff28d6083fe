namespace JoChat.Storage;

/// <summary>Nobody hears how far it has come.</summary>
internal sealed class NoProgress : IMoveProgress
{
    /// <summary>The one there is.</summary>
    public static NoProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Note(string text)
    {
    }

    /// <inheritdoc/>
    public void Report(string table, string done, long rows)
    {
    }
}
