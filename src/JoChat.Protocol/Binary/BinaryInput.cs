using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace JoChat.Protocol;

/// <summary>Takes the fields of a binary body one after the other. It never throws: if a field is not whole, everything
/// from there on is empty and <see cref="IsShort"/>; if it is not what it must be, there is a <see cref="Fault"/>, and
/// the fields behind it can still be taken.</summary>
internal ref struct BinaryInput(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;

    /// <summary>Where the next field begins, in bytes.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the body ended within a field.</summary>
    public bool IsShort { get; private set; }

    /// <summary>The first fault, as a sentence; null if none.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many bytes are not taken yet.</summary>
    public readonly int Rest => _body.Length - Position;

    public byte TakeByte() => TryTake(sizeof(byte), out var bytes) ? bytes[0] : default;

    /// <summary>Takes a byte that is 0 or 1.</summary>
    public bool TakeFlag()
    {
        var value = TakeByte();
        if (value > 1) { Fault ??= $"The flag at byte {Position - 1} must be 0 or 1, not {value}."; }
        return value == 1;
    }

    public ushort TakeUInt16() =>
        TryTake(sizeof(ushort), out var bytes) ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : default;

    public uint TakeUInt32() =>
        TryTake(sizeof(uint), out var bytes) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : default;

    /// <summary>Takes an integer of 64 bits, which must be below 2^63.</summary>
    public long TakeUInt64()
    {
        if (!TryTake(sizeof(ulong), out var bytes)) { return default; }
        var value = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (value < 0) { Fault ??= $"The integer at byte {Position - sizeof(ulong)} must be below 2^63."; }
        return value;
    }

    /// <summary>Takes an integer of 64 bits of which 0 means that there is none.</summary>
    public long? TakeOptional() => TakeUInt64() is not 0 and var value ? value : null;

    /// <summary>Takes the milliseconds since 1970-01-01 UTC.</summary>
    public DateTimeOffset TakeTime()
    {
        var time = WireTime.Of(TakeUInt64());
        if (time is null) { Fault ??= $"The time at byte {Position - sizeof(ulong)} is beyond the year 9999."; }
        return time ?? default;
    }

    /// <summary>Takes a text behind its length in one byte.</summary>
    public string TakeText8() => TakeText(TakeByte());

    /// <summary>Takes a text behind its length in two bytes.</summary>
    public string TakeText16() => TakeText(TakeUInt16());

    /// <summary>Passes over a text behind its length in two bytes.</summary>
    public void SkipText16() => TryTake(TakeUInt16(), out _);

    /// <summary>Whether so many elements can follow; if not, the body is short.</summary>
    /// <param name="count">How many.</param>
    /// <param name="minBytes">What the shortest of them takes.</param>
    public bool CanHold(int count, int minBytes)
    {
        if ((long)count * minBytes > Rest) { IsShort = true; }
        return !IsShort;
    }

    private string TakeText(int length)
    {
        if (!TryTake(length, out var bytes)) { return string.Empty; }
        if (Ascii.IsValid(bytes)) { return Encoding.Latin1.GetString(bytes); } // the same there, and one pass fewer
        if (Utf8.IsValid(bytes)) { return Encoding.UTF8.GetString(bytes); }
        Fault ??= $"The text at byte {Position - length} is not valid UTF-8.";
        return string.Empty;
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> bytes)
    {
        if (IsShort || length > Rest)
        {
            IsShort = true;
            bytes = default;
            return false;
        }
        bytes = _body.Slice(Position, length);
        Position += length;
        return true;
    }
}
