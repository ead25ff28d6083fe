using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace JoChat.Protocol;

/// <summary>A text; null is left out in JSON and empty in binary.</summary>
/// <param name="lengthBytes">How long its length is in binary: 1 or 2.</param>
/// <param name="isOptional">Whether empty in binary is null.</param>
internal readonly struct Text(int lengthBytes, bool isOptional = false) : IFieldType<string?>
{
    public string? Read(ref JsonInput json) => json.TakeText();

    public void Write(string? value, ReadOnlySpan<byte> name, JsonOutput json) => json.Member(name, value);

    public string? Read(ref BinaryInput binary)
    {
        var text = lengthBytes == 1 ? binary.TakeText8() : binary.TakeText16();
        return isOptional && text.Length == 0 ? null : text;
    }

    public void Write(string? value, BinaryOutput binary)
    {
        if (lengthBytes == 1) { binary.Text8(value); }
        else { binary.Text16(value); }
    }
}

/// <summary>A text for people: written, and ignored when it is read.</summary>
internal readonly struct Remark : IFieldType<string?>
{
    public string? Read(ref JsonInput json) => null;

    public void Write(string? value, ReadOnlySpan<byte> name, JsonOutput json) => json.Member(name, value);

    public string? Read(ref BinaryInput binary) => binary.TakeText8();

    public void Write(string? value, BinaryOutput binary) => binary.Text8(value);
}

/// <summary>An integer, not negative in binary; null is left out in JSON.</summary>
/// <param name="bytes">How long it is in binary: 1, 2, 4 or 8.</param>
/// <param name="isCapped">Whether a request that asks for more than fits asks for as much as fits.</param>
/// <param name="isOptional">Whether 0 in binary is null; then it has 8 bytes.</param>
internal readonly struct Integer(int bytes, bool isCapped = false, bool isOptional = false) : IFieldType<long?>
{
    public long? Read(ref JsonInput json) => json.TakeInteger();

    public void Write(long? value, ReadOnlySpan<byte> name, JsonOutput json) => json.Member(name, value);

    public long? Read(ref BinaryInput binary) => bytes switch
    {
        1 => binary.TakeByte(),
        2 => binary.TakeUInt16(),
        4 => binary.TakeUInt32(),
        _ => isOptional ? binary.TakeOptional() : binary.TakeUInt64(),
    };

    public void Write(long? value, BinaryOutput binary)
    {
        var integer = isCapped ? Math.Min(value ?? -1, (1L << (8 * bytes)) - 1) : value ?? 0;
        switch (bytes)
        {
            case 1: binary.Byte(integer); break;
            case 2: binary.UInt16(integer); break;
            case 4: binary.UInt32(integer); break;
            case 8 when isOptional: binary.Optional(value); break;
            default: binary.UInt64(integer); break;
        }
    }
}

/// <summary>An integer of 32 bits that is always written the same, and ignored when it is read.</summary>
internal readonly struct FixedInteger(long integer) : IFieldType<long?>
{
    public long? Read(ref JsonInput json) => null;

    public void Write(long? value, ReadOnlySpan<byte> name, JsonOutput json) => json.Member(name, integer);

    public long? Read(ref BinaryInput binary) => binary.TakeUInt32();

    public void Write(long? value, BinaryOutput binary) => binary.UInt32(integer);
}

/// <summary>Yes or no; null is left out in JSON.</summary>
internal readonly struct Flag : IFieldType<bool?>
{
    public bool? Read(ref JsonInput json) => json.TakeFlag();

    public void Write(bool? value, ReadOnlySpan<byte> name, JsonOutput json)
    {
        if (value is { } flag) { json.Member(name, flag); }
    }

    public bool? Read(ref BinaryInput binary) => binary.TakeFlag();

    public void Write(bool? value, BinaryOutput binary) => binary.Flag(value ?? false);
}

/// <summary>A time: milliseconds since 1970-01-01 UTC.</summary>
internal readonly struct Time : IFieldType<DateTimeOffset?>
{
    public DateTimeOffset? Read(ref JsonInput json) => WireTime.Of(json.TakeInteger());

    public void Write(DateTimeOffset? value, ReadOnlySpan<byte> name, JsonOutput json) =>
        json.Member(name, value?.ToUnixTimeMilliseconds());

    public DateTimeOffset? Read(ref BinaryInput binary) => binary.TakeTime();

    public void Write(DateTimeOffset? value, BinaryOutput binary) => binary.Time(value ?? DateTimeOffset.UnixEpoch);
}

/// <summary>A value of an enumeration: its name in JSON, a byte in binary.</summary>
/// <param name="unknown">What a value counts as that this version does not know.</param>
internal readonly struct Named<T>(T? unknown) : IFieldType<T?>
    where T : struct, Enum
{
    public T? Read(ref JsonInput json) => json.TakeText() is { } name ? WireNames<T>.Parse(name) ?? unknown : null;

    public void Write(T? value, ReadOnlySpan<byte> name, JsonOutput json) =>
        json.Member(name, WireNames<T>.Of(value.GetValueOrDefault()));

    public T? Read(ref BinaryInput binary) =>
        Unsafe.BitCast<int, T>(binary.TakeByte()) is var value && Enum.IsDefined(value) ? value : unknown;

    public void Write(T? value, BinaryOutput binary) =>
        binary.Byte(Unsafe.BitCast<T, int>(value.GetValueOrDefault()));
}

/// <summary>Integers of 64 bits.</summary>
internal readonly struct Integers64 : IFieldType<ImmutableArray<long>?>
{
    public ImmutableArray<long>? Read(ref JsonInput json) => JsonLists.TakeIntegers(ref json);

    public void Write(ImmutableArray<long>? value, ReadOnlySpan<byte> name, JsonOutput json) =>
        JsonLists.Write(name, value ?? [], json);

    public ImmutableArray<long>? Read(ref BinaryInput binary) => BinaryLists.TakeIntegers(ref binary);

    public void Write(ImmutableArray<long>? value, BinaryOutput binary) => BinaryLists.Write(value ?? [], binary);
}

/// <summary>Texts. Of more than there may be, one more is read.</summary>
internal readonly struct Texts(int most) : IFieldType<ImmutableArray<string>?>
{
    public ImmutableArray<string>? Read(ref JsonInput json) => JsonLists.TakeTexts(ref json, most);

    public void Write(ImmutableArray<string>? value, ReadOnlySpan<byte> name, JsonOutput json) =>
        JsonLists.Write(name, value ?? [], json);

    public ImmutableArray<string>? Read(ref BinaryInput binary) => BinaryLists.TakeTexts(ref binary, most);

    public void Write(ImmutableArray<string>? value, BinaryOutput binary) => BinaryLists.Write(value ?? [], binary);
}
