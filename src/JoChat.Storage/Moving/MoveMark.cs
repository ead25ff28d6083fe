namespace JoChat.Storage;

/// <summary>What a move that is not finished leaves in its target, by which no gateway uses it and the move can go on.
/// </summary>
/// <param name="Source">The <see cref="IMoveSide.Name"/> of the source.</param>
/// <param name="State">The <see cref="IMoveSide.State"/> that the source had.</param>
public sealed record MoveMark(string Source, string State)
{
    /// <summary>The table that holds it, which is there only as long as there is one.</summary>
    internal const string Table = "unfinished_move";

    /// <summary>The refusal of a database that has one.</summary>
    internal static StorageException Refusal(string name) => new(
        $"cannot open {name}: a move into it is not finished; run jochat-gateway migrate again", isTransient: false);
}
