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
        var said = reader.Text(Key, "");
        if (said.Equals("off", StringComparison.OrdinalIgnoreCase)) { return new(null, IsChosen: true); }
        if (said.Length == 0)
        {
            var usual = storage.Path + "-admin";
            var hasOne = storage.Engine is StorageEngine.Sqlite && cluster.IsStore;
            return new(hasOne && AdminSocket.Fits(Path.GetFullPath(usual)) ? usual : null, IsChosen: false);
        }
        if (!AdminSocket.Fits(Path.GetFullPath(said)))
        {
            reader.NoteFault(Key, "is too long for a Unix socket; name a shorter path");
        }
        return new(said, IsChosen: true);
    }
}
