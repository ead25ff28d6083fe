namespace JoChat.Gateway;

/// <summary>Where the server takes the operator's commands.</summary>
internal static class AdminSettings
{
    private const string Key = "admin.socket";

    /// <summary>Reads the path of the socket; null: there is none.</summary>
    /// <param name="reader">Reads the setting.</param>
    /// <param name="storage">By default it is beside the database, whose lock keeps other servers away.</param>
    /// <param name="cluster">A node that never writes has none by default.</param>
    public static string? Read(SettingReader reader, StorageSettings storage, ClusterSettings cluster)
    {
        var said = reader.Text(Key, "");
        if (said.Equals("off", StringComparison.OrdinalIgnoreCase)) { return null; }
        if (said.Length == 0)
        {
            var usual = storage.Path + "-admin";
            return storage.Engine is StorageEngine.Sqlite && cluster.IsStore && AdminSocket.Fits(Path.GetFullPath(usual))
                ? usual : null;
        }
        if (!AdminSocket.Fits(Path.GetFullPath(said)))
        {
            reader.NoteFault(Key, "is too long for a Unix socket; name a shorter path");
        }
        return said;
    }
}
