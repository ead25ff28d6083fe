namespace JoChat.Testing;

/// <summary>The PostgreSQL that is installed on this machine.</summary>
public static class PostgresPrograms
{
    /// <summary>What to do where there is none.</summary>
    public const string HowToGetThem = "needs PostgreSQL: apt-get install postgresql";

    /// <summary>The folder of its programs, of the newest version; null if there is none.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions.OrderByDescending(path => path, StringComparer.Ordinal).Select(path => Path.Combine(path, "bin"))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")));
    }
}
