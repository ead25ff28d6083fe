namespace JoChat.Gateway;

/// <summary>Where the server takes the operator's commands.</summary>
/// <param name="Socket">The path of the socket; null: there is none.</param>
/// <param name="IsChosen">Whether somebody has named it: without it the server does not start then.</param>
internal sealed record AdminSettings(string? Socket, bool IsChosen)
{
    private const string Key = "admin.socket";

    /// <summary>Reads them.</summary>
    /// <param name="reader">Reads the setting.</param>
    /// <param name="storage">By default it is beside the database, whose lock keeps other servers away.</param>
    /// <param name="cluster">A node that never writes has none by default.</param>
    public static AdminSettings Read(SettingReader reader, StorageSettings storage, ClusterSettings cluster)
    {
        switch (reader.Text(Key, "").ToUpperInvariant())
        {
            case "":
                var usual = storage.Path + "-admin";
                var hasOne = storage.Engine is StorageEngine.Sqlite && cluster.IsStore;
                return new(hasOne && AdminSocket.Fits(usual) ? usual : null, IsChosen: false);
            case "OFF" or "FALSE" or "NO": // what HOCON has as off is false here
                return new(null, IsChosen: true);
            case "ON" or "TRUE" or "YES":
                reader.NoteFault(Key, "expected the path of a socket, or off");
                return new(null, IsChosen: true);
        }
        var said = reader.FilePath(Key, "");
        if (!AdminSocket.Fits(said)) { reader.NoteFault(Key, "is too long for a Unix socket; name a shorter path"); }
        return new(said, IsChosen: true);
    }
}
