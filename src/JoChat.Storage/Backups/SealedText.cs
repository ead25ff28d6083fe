using System.Security.Cryptography;
using System.Text;

namespace JoChat.Storage;

/// <summary>A text in a file whose last line is the SHA-256 of all before, so that no change of it goes unnoticed.</summary>
internal sealed class SealedText : IDisposable
{
    /// <summary>With it the last line begins.</summary>
    public const string SealWord = "seal";

    private readonly FileStream _file;
    private readonly SHA256 _hash = SHA256.Create();
    private readonly CryptoStream _hashed;

    /// <param name="file">An empty file; it is closed with the text.</param>
    public SealedText(FileStream file)
    {
        _file = file;
        _hashed = new CryptoStream(file, _hash, CryptoStreamMode.Write, leaveOpen: true);
        Lines = new StreamWriter(_hashed, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: -1, leaveOpen: true);
    }

    /// <summary>Takes the lines.</summary>
    public TextWriter Lines { get; }

    /// <summary>Whether a file is as it was sealed.</summary>
    public static bool IsWhole(string path)
    {
        using var file = File.OpenRead(path);
        var seal = Encoding.ASCII.GetBytes(Seal(new byte[SHA256.HashSizeInBytes]));
        var length = file.Length - seal.Length;
        if (length < 0) { return false; }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = new byte[64 * 1024];
        while (length > 0)
        {
            var read = file.Read(part, 0, (int)Math.Min(part.Length, length));
            if (read == 0) { return false; }
            hash.AppendData(part, 0, read);
            length -= read;
        }
        file.ReadExactly(seal);
        return seal.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Seal(hash.GetHashAndReset())));
    }

    /// <summary>Writes the last line, and all of it to the disk.</summary>
    public void Seal()
    {
        Lines.Flush();
        _hashed.FlushFinalBlock();
        _file.Write(Encoding.ASCII.GetBytes(Seal(_hash.Hash!)));
        _file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        Lines.Dispose();
        _hashed.Dispose();
        _hash.Dispose();
        _file.Dispose();
    }

    private static string Seal(byte[] hash) => $"{SealWord} {Convert.ToHexStringLower(hash)}\n";
}
