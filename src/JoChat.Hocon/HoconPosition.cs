namespace JoChat.Hocon;

/// <summary>A place in a HOCON text.</summary>
/// <param name="Source">The file's name as it was given, or <c>&lt;text&gt;</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units; a leading byte order mark does not count.</param>
public readonly record struct HoconPosition(string Source, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Source}:{Line}:{Column}");
}
