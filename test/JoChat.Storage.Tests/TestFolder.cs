using System.Security.Cryptography;

namespace JoChat.Storage.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jochat-storage-").FullName;

    public string Database => File("chat.db");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A hash of the database file's bytes; empty if there is none.</summary>
    public string Hash() => System.IO.File.Exists(Database)
        ? Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(Database)))
        : "";

    /// <summary>Copies database and WAL as they are on disk, as a killed process would leave them.</summary>
    public void CopyDatabaseTo(TestFolder other)
    {
        System.IO.File.Copy(Database, other.Database);
        System.IO.File.Copy(Database + "-wal", other.Database + "-wal");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
