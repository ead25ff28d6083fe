using System.Security.Cryptography;

namespace JoChat.Storage.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jochat-storage-").FullName;

    public string Database => File("chat.db");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A hash of the database file's bytes.</summary>
    public string Hash() => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(Database)));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
