namespace JoChat.Load.Torture;

/// <summary>The files of a database whose server was killed.</summary>
internal static class Database
{
    public const string Name = "chat.db";
    private static readonly string[] Files = [Name, $"{Name}-wal"];

    public static long Size(string folder) =>
        Files.Select(file => new FileInfo(Path.Combine(folder, file))).Sum(file => file.Exists ? file.Length : 0);

    /// <summary>Moves them; the shared-memory file stays behind, as SQLite rebuilds it.</summary>
    public static void Move(string from, string to)
    {
        foreach (var file in Files)
        {
            File.Delete(Path.Combine(to, file));
            if (File.Exists(Path.Combine(from, file)))
            {
                File.Move(Path.Combine(from, file), Path.Combine(to, file));
            }
        }
        File.Delete(Path.Combine(to, $"{Name}-shm"));
    }
}
