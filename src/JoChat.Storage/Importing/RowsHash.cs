using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JoChat.Storage;

/// <summary>A hash over rows in their order, by which what was written is compared with what is read.</summary>
internal sealed class RowsHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many rows.</summary>
    public long Count { get; private set; }

    public void AddRow(long first, long second, long third, long fourth, ReadOnlySpan<byte> text)
    {
        // Numbers have a length of their own, and the text's comes first: no two rows are encoded alike.
        Span<byte> numbers = stackalloc byte[5 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(numbers, first);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], second);
        BinaryPrimitives.WriteInt64BigEndian(numbers[16..], third);
        BinaryPrimitives.WriteInt64BigEndian(numbers[24..], fourth);
        BinaryPrimitives.WriteInt64BigEndian(numbers[32..], text.Length);
        _hash.AppendData(numbers);
        _hash.AppendData(text);
        Count++;
    }

    /// <summary>The same for an account.</summary>
    public void AddAccount(long id, string username, string usernameKey, string passwordHash) =>
        AddRow(id, 0, 0, 0, Encoding.UTF8.GetBytes($"{username}\0{usernameKey}\0{passwordHash}"));

    /// <summary>How many rows and their hash. It begins anew.</summary>
    public (long Count, string Hash) Take()
    {
        var taken = (Count, Convert.ToHexString(_hash.GetHashAndReset()));
        Count = 0;
        return taken;
    }

    public void Dispose() => _hash.Dispose();
}
