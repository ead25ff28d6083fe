namespace JoChat.Web.Tests;

/// <summary>Programs that are installed on this machine.</summary>
internal static class Programs
{
    /// <summary>The path of the first of them that is found; null if there is none.</summary>
    public static string? Find(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return names
            .SelectMany(name => folders.Append("/usr/bin").Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
