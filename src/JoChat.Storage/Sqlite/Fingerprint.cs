using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JoChat.Storage;

/// <summary>Distinguishes a retry from another message under the same client id: the first 16 bytes of the SHA-256 over
/// the recipient's id (8 bytes, big-endian) and the content in UTF-8.</summary>
internal static class Fingerprint
{
    /// <summary>Its size, in bytes.</summary>
    public const int Size = 16;

    private const int MaxStackBytes = 512;

    public static void Write(AccountId recipient, string content, Span<byte> fingerprint)
    {
        var size = sizeof(long) + Encoding.UTF8.GetByteCount(content);
        var rented = size > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        var bytes = rented is null ? stackalloc byte[MaxStackBytes] : rented.AsSpan();
        BinaryPrimitives.WriteInt64BigEndian(bytes, recipient.Value);
        Encoding.UTF8.GetBytes(content, bytes[sizeof(long)..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..size], hash);
        if (rented is not null) { ArrayPool<byte>.Shared.Return(rented); }
        hash[..Size].CopyTo(fingerprint);
    }
}
