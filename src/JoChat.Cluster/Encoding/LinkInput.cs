using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Cluster;

/// <summary>Takes the fields of a link message one after the other, as <see cref="LinkOutput"/> writes them. What it
/// would not have written so is a <see cref="LinkMessageException"/>, and memory is only taken for what is there.
/// </summary>
internal ref struct LinkInput(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    /// <summary>Reads one value.</summary>
    public delegate T Reader<out T>(ref LinkInput from);

    /// <summary>Takes a byte.</summary>
    public byte TakeByte() => TakeBytes(1)[0];

    /// <summary>Takes yes or no.</summary>
    public bool TakeFlag() => TakeByte() switch
    {
        0 => false,
        1 => true,
        var other => throw Fault($"a flag is {other}"),
    };

    /// <summary>Takes a number.</summary>
    public long TakeNumber()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = TakeByte();
            var isTooLong = (part == 0 && shift > 0) || (shift == 63 && part > 1); // a shorter form, or beyond 64 bits
            if (isTooLong) { throw Fault("a number is longer than it need be"); }
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) { return (long)value; }
        }
    }

    /// <summary>Takes a number within bounds.</summary>
    public long TakeNumber(long min, long max) =>
        TakeNumber() is var value && value >= min && value <= max ? value : throw Fault($"{value} is out of range");

    /// <summary>Takes a number of 32 bits.</summary>
    public int TakeInt32() => (int)TakeNumber(int.MinValue, int.MaxValue);

    /// <summary>Takes an account's id.</summary>
    public AccountId TakeAccountId() => new(TakeNumber());

    /// <summary>Takes a message's id.</summary>
    public MessageId TakeMessageId() => new(TakeNumber());

    /// <summary>Takes a time.</summary>
    public DateTimeOffset TakeTime()
    {
        var value = TakeNumber();
        return WireTime.Of(value) ?? throw Fault($"{value} is no time");
    }

    /// <summary>Takes a value of an enumeration.</summary>
    public T TakeEnum<T>()
        where T : struct, Enum
    {
        var value = Unsafe.BitCast<int, T>(TakeInt32());
        return Enum.IsDefined(value) ? value : throw Fault($"{value} is no {typeof(T).Name}");
    }

    /// <summary>Takes a text.</summary>
    public string TakeText()
    {
        var bytes = TakeBytes(TakeNumber());
        if (Ascii.IsValid(bytes)) { return Encoding.Latin1.GetString(bytes); } // the same there, and one pass fewer
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Fault("a text is not valid UTF-8");
    }

    /// <summary>Takes so many bytes.</summary>
    public ReadOnlySpan<byte> TakeBytes(long count)
    {
        if ((ulong)count > (ulong)(_message.Length - _position)) { throw Fault("the message ends within a field"); }
        var start = _position;
        _position += (int)count;
        return _message.Slice(start, (int)count);
    }

    /// <summary>Takes all that is left.</summary>
    public ReadOnlySpan<byte> TakeRest() => TakeBytes(_message.Length - _position);

    /// <summary>Takes a value that may be missing.</summary>
    public T? TakeOptional<T>(Reader<T> read)
        where T : class => TakeFlag() ? read(ref this) : null;

    /// <summary>Takes a text that may be missing.</summary>
    public string? TakeOptionalText() => TakeFlag() ? TakeText() : null;

    /// <summary>Takes a login's id that may be missing.</summary>
    public LoginId? TakeOptionalLoginId() => TakeFlag() ? new LoginId(TakeNumber()) : null;

    /// <summary>Takes a message's id that may be missing.</summary>
    public MessageId? TakeOptionalMessageId() => TakeFlag() ? TakeMessageId() : null;

    /// <summary>Takes values behind their count.</summary>
    /// <param name="minBytes">What the shortest of them takes.</param>
    /// <param name="read">Reads one.</param>
    public T[] TakeAll<T>(int minBytes, Reader<T> read)
    {
        var count = TakeNumber();
        if ((ulong)count > (ulong)((_message.Length - _position) / minBytes)) { throw Fault("a list is not whole"); }
        if (count == 0) { return []; }
        var values = new T[count];
        foreach (ref var value in values.AsSpan()) { value = read(ref this); }
        return values;
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public readonly void End()
    {
        if (_position < _message.Length) { throw Fault($"{_message.Length - _position} bytes are left over"); }
    }

    /// <summary>The exception that says what is wrong with what was taken last.</summary>
    public readonly LinkMessageException Fault(string what) => new(FormattableString.Invariant(
        $"A link message of {_message.Length} bytes is malformed: at byte {_position}, {what}."));
}
