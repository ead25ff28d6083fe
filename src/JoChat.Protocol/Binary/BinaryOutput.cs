using System.Buffers.Binary;
using System.Text.Unicode;

namespace JoChat.Protocol;

/// <summary>Writes one frame with a binary body.</summary>
/// <remarks>What a server says is capped where it does not fit, and its texts are cut at a character boundary. What a
/// client asks is not, for it would ask for something else: that is an <see cref="ArgumentException"/>.</remarks>
internal sealed class BinaryOutput : FrameOutput
{
    [ThreadStatic]
    private static BinaryOutput? _ofThisThread;

    private bool _isRequest;

    /// <summary>Starts a body.</summary>
    public static BinaryOutput Start(byte op, BodyKind kind)
    {
        var output = _ofThisThread ??= new BinaryOutput();
        output.Reset();
        output._isRequest = kind is BodyKind.Request;
        output.Bytes[output.Length++] = op;
        output.Bytes[output.Length++] = (byte)kind;
        return output;
    }

    public void Flag(bool value) => Byte(value ? 1 : 0);

    public void Byte(long value)
    {
        Reserve(sizeof(byte));
        Bytes[Length++] = (byte)Fit(value, byte.MaxValue);
    }

    public void UInt16(long value)
    {
        Reserve(sizeof(ushort));
        BinaryPrimitives.WriteUInt16BigEndian(Bytes.AsSpan(Length), (ushort)Fit(value, ushort.MaxValue));
        Length += sizeof(ushort);
    }

    public void UInt32(long value)
    {
        Reserve(sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(Bytes.AsSpan(Length), (uint)Fit(value, uint.MaxValue));
        Length += sizeof(uint);
    }

    /// <summary>Writes an integer of 64 bits that is not negative.</summary>
    public void UInt64(long value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteInt64BigEndian(Bytes.AsSpan(Length), Fit(value, long.MaxValue));
        Length += sizeof(ulong);
    }

    /// <summary>Writes an integer of 64 bits, or 0 if there is none.</summary>
    public void Optional(long? value)
    {
        if (value == 0) { throw new ArgumentException("0 means that there is none; it cannot be a value."); }
        UInt64(value ?? 0);
    }

    /// <summary>Writes the milliseconds since 1970-01-01 UTC.</summary>
    public void Time(DateTimeOffset time) => UInt64(time.ToUnixTimeMilliseconds());

    /// <summary>Writes a text behind its length in one byte; null counts as empty, a lone surrogate becomes U+FFFD.
    /// </summary>
    public void Text8(string? text)
    {
        Reserve(sizeof(byte));
        var at = Length++;
        var length = Append(text, byte.MaxValue); // may put another array in the place of this one
        Bytes[at] = (byte)length;
    }

    /// <summary>The same behind a length in two bytes.</summary>
    public void Text16(string? text)
    {
        Reserve(sizeof(ushort));
        var at = Length;
        Length += sizeof(ushort);
        var length = Append(text, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(Bytes.AsSpan(at), (ushort)length);
    }

    private int Append(ReadOnlySpan<char> text, int maxBytes)
    {
        Reserve((int)Math.Min(maxBytes, 3L * text.Length)); // no character takes more
        var room = Bytes.AsSpan(Length);
        if (room.Length > maxBytes) { room = room[..maxBytes]; }
        _ = Utf8.FromUtf16(text, room, out var read, out var written); // stops at a character boundary
        if (_isRequest && read < text.Length)
        {
            throw new ArgumentException($"A text is longer than {maxBytes} bytes, the most that this form can carry.");
        }
        Length += written;
        return written;
    }

    private long Fit(long value, long max)
    {
        if (value >= 0 && value <= max) { return value; }
        return _isRequest
            ? throw new ArgumentException($"{value} is not from 0 to {max}, which is what this form can carry.")
            : Math.Clamp(value, 0, max);
    }
}
