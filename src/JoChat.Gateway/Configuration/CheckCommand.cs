using JoChat.Cluster;
using JoChat.Storage.Postgres;

namespace JoChat.Gateway;

/// <summary><c>check-config</c>: whether a server could start with these settings, as far as that can be told without
/// starting one.</summary>
internal static class CheckCommand
{
    /// <summary>Tells every fault.</summary>
    /// <returns>The exit status.</returns>
    public static int Run(IConfiguration configuration)
    {
        var settings = Settings.Read(configuration, out var read);
        var faults = new List<string>(read);
        if (settings.Gateway.Tls is { } tls) { Try(faults, () => new CertificateFile(tls).Dispose()); }
        if (settings.Cluster is { HasTls: true } cluster)
        {
            Try(faults, () => NodeCertificate.Load(
                new NodeFiles(cluster.Certificate, cluster.Key, cluster.Authority), TimeProvider.System));
        }
        if (settings.Cluster.IsStore
            && settings.Storage is { Engine: StorageEngine.Postgres, ConnectionString: { Length: > 0 } connection })
        {
            Try(faults, () => PostgresChatStore.Check(connection), "jochat.storage.postgres.connection-string: ");
        }
        if (settings is { Cluster.IsStore: true, Storage: { Engine: StorageEngine.Sqlite, Path: { Length: > 0 } path } }
            && !path.Contains('\0', StringComparison.Ordinal)
            && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            faults.Add($"jochat.storage.path: there is no folder for {path}");
        }
        if (faults.Count > 0) { return GatewayProcess.Fail(2, faults); }
        Console.WriteLine("No fault in the settings");
        return 0;
    }

    private static void Try(List<string> faults, Action use, string before = "")
    {
        try
        {
            use();
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException)
        {
            faults.Add(before + fault.Message);
        }
    }
}
