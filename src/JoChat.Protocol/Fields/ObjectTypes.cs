using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary>An object with fields of its own, or none: left out in JSON, and behind a flag in binary unless it is
/// always there.</summary>
internal readonly struct OptionalObject<T>(MessageFields<T?> fields, bool hasFlag = true) : IFieldType<T?>
    where T : struct
{
    public T? Read(ref JsonInput json) => json.TryEnterObject() ? fields.Read(ref json) : null;

    public void Write(T? value, ReadOnlySpan<byte> name, JsonOutput json)
    {
        if (value is null) { return; }
        json.Name(name);
        json.BeginObject();
        fields.Write(value, json);
        json.EndObject();
    }

    public T? Read(ref BinaryInput binary) => !hasFlag || binary.TakeFlag() ? fields.Read(ref binary) : null;

    public void Write(T? value, BinaryOutput binary)
    {
        if (hasFlag) { binary.Flag(value is not null); }
        if (value is not null) { fields.Write(value, binary); }
    }
}

/// <summary>A list of objects. Read, it is null unless all of them are whole.</summary>
/// <param name="fields">The fields of each.</param>
/// <param name="countBytes">How long the count before them is in binary: 1 or 2. Those beyond it are left out.</param>
/// <param name="minBytes">What the shortest of them takes in binary.</param>
/// <param name="keepsLast">Whether the first are left out, not the last.</param>
internal readonly struct ObjectList<T>(MessageFields<T?> fields, int countBytes, int minBytes, bool keepsLast = false)
    : IFieldType<ImmutableArray<T>?>
    where T : struct
{
    public ImmutableArray<T>? Read(ref JsonInput json)
    {
        if (!json.TryEnterArray()) { return null; }
        var elements = ImmutableArray.CreateBuilder<T>();
        var isWhole = true;
        json.IsLenient = true;
        while (json.NextElement())
        {
            if (json.TryEnterObject() && fields.Read(ref json) is { } element) { elements.Add(element); }
            else { isWhole = false; }
        }
        json.IsLenient = false;
        return isWhole ? elements.DrainToImmutable() : null;
    }

    public void Write(ImmutableArray<T>? value, ReadOnlySpan<byte> name, JsonOutput json)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var element in value ?? [])
        {
            json.BeginObject();
            fields.Write(element, json);
            json.EndObject();
        }
        json.EndArray();
    }

    public ImmutableArray<T>? Read(ref BinaryInput binary)
    {
        int count = countBytes == 1 ? binary.TakeByte() : binary.TakeUInt16();
        if (!binary.CanHold(count, minBytes)) { return []; }
        var elements = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count && !binary.IsShort; i++)
        {
            if (fields.Read(ref binary) is { } element) { elements.Add(element); }
        }
        return elements.DrainToImmutable();
    }

    public void Write(ImmutableArray<T>? value, BinaryOutput binary)
    {
        var all = (value ?? []).AsSpan();
        var count = Math.Min(all.Length, countBytes == 1 ? byte.MaxValue : ushort.MaxValue);
        if (countBytes == 1) { binary.Byte(count); }
        else { binary.UInt16(count); }
        foreach (var element in keepsLast ? all[^count..] : all[..count]) { fields.Write(element, binary); }
    }
}
