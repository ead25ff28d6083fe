namespace JoChat.Storage;

/// <summary>Names of SQLite databases that say how to open them (https://www.sqlite.org/uri.html).</summary>
internal static class SqliteUri
{
    /// <summary>A file that nobody changes: SQLite neither locks it nor makes files beside it.</summary>
    public static string Immutable(string path) => "file://"
        + string.Join('/', Path.GetFullPath(path).Replace('\\', '/').Split('/').Select(Uri.EscapeDataString))
        + "?immutable=1";
}
