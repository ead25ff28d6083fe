namespace JoChat.Gateway;

/// <summary>What <c>import-original</c> is asked for.</summary>
/// <param name="File">The database of the original JoChat.</param>
/// <param name="Renames">The file that names accounts anew; null if there is none.</param>
/// <param name="Report">The file for the report; null for the usual one, beside the new database.</param>
internal sealed record ImportOptions(string File, string? Renames, string? Report);
