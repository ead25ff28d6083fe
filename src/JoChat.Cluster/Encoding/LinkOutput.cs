using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using JoChat.Storage;

namespace JoChat.Cluster;

/// <summary>Writes the fields of a link message one after the other, with nothing between them. After the last field
/// <see cref="Flush"/> must be called.</summary>
internal ref struct LinkOutput(IBufferWriter<byte> output)
{
    private const int MaxNumberBytes = 10; // of seven bits each

    private Span<byte> _room;
    private int _used;

    /// <summary>Writes one value.</summary>
    public delegate void Writer<in T>(T value, ref LinkOutput to);

    /// <summary>Adds a byte.</summary>
    [UnscopedRef]
    public ref LinkOutput AddByte(byte value)
    {
        Reserve(1)[0] = value;
        _used++;
        return ref this;
    }

    /// <summary>Adds yes or no.</summary>
    [UnscopedRef]
    public ref LinkOutput Add(bool value) => ref AddByte(value ? (byte)1 : (byte)0);

    /// <summary>Adds a number in LEB128, the lowest seven bits first. A negative one takes ten bytes.</summary>
    [UnscopedRef]
    public ref LinkOutput Add(long value)
    {
        var room = Reserve(MaxNumberBytes);
        var (rest, length) = ((ulong)value, 0);
        for (; rest >= 0x80; rest >>= 7) { room[length++] = (byte)(rest | 0x80); }
        room[length++] = (byte)rest;
        _used += length;
        return ref this;
    }

    /// <summary>Adds an account's id.</summary>
    [UnscopedRef]
    public ref LinkOutput Add(AccountId id) => ref Add(id.Value);

    /// <summary>Adds a message's id.</summary>
    [UnscopedRef]
    public ref LinkOutput Add(MessageId id) => ref Add(id.Value);

    /// <summary>Adds a time, to the millisecond.</summary>
    [UnscopedRef]
    public ref LinkOutput Add(DateTimeOffset time) => ref Add(time.ToUnixTimeMilliseconds());

    /// <summary>Adds a text in UTF-8 behind its length in bytes; a lone surrogate becomes U+FFFD.</summary>
    [UnscopedRef]
    public ref LinkOutput Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var room = Add(length).Reserve(length); // which may set back what is used
        _used += Encoding.UTF8.GetBytes(text, room);
        return ref this;
    }

    /// <summary>Adds bytes without their length.</summary>
    [UnscopedRef]
    public ref LinkOutput AddBytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _used += bytes.Length;
        return ref this;
    }

    /// <summary>Adds a value behind a byte that says whether there is one.</summary>
    [UnscopedRef]
    public ref LinkOutput AddOptional<T>(T? value, Writer<T> write)
        where T : class
    {
        Add(value is not null);
        if (value is not null) { write(value, ref this); }
        return ref this;
    }

    /// <summary>Adds a text that may be missing.</summary>
    [UnscopedRef]
    public ref LinkOutput AddOptional(string? text)
    {
        Add(text is not null);
        if (text is not null) { Add(text); }
        return ref this;
    }

    /// <summary>Adds a login's id that may be missing.</summary>
    [UnscopedRef]
    public ref LinkOutput AddOptional(LoginId? id)
    {
        Add(id is not null);
        if (id is { Value: var value }) { Add(value); }
        return ref this;
    }

    /// <summary>Adds a message's id that may be missing.</summary>
    [UnscopedRef]
    public ref LinkOutput AddOptional(MessageId? id)
    {
        Add(id is not null);
        if (id is { Value: var value }) { Add(value); }
        return ref this;
    }

    /// <summary>Adds values behind their count.</summary>
    [UnscopedRef]
    public ref LinkOutput AddAll<T>(scoped ReadOnlySpan<T> values, Writer<T> write)
    {
        Add(values.Length);
        foreach (var value in values) { write(value, ref this); }
        return ref this;
    }

    /// <summary>Hands over what is written.</summary>
    /// <returns>Where more can be written that is no field.</returns>
    public IBufferWriter<byte> Flush()
    {
        if (_used > 0) { output.Advance(_used); }
        _room = default;
        _used = 0;
        return output;
    }

    private Span<byte> Reserve(int count)
    {
        if (_room.Length - _used < count)
        {
            Flush();
            _room = output.GetSpan(count);
        }
        return _room[_used..];
    }
}
