using System.Text;

namespace JoChat.Protocol;

/// <summary>Fields that are declared once, as a list, for both encodings and both directions: each with its name in
/// JSON, its place in <typeparamref name="TValues"/> and its type.</summary>
/// <param name="take">The values of a message.</param>
/// <param name="build">The message of these values; null if a needed one is missing.</param>
/// <param name="missing">The values before anything is read.</param>
internal sealed class FieldTable<T, TValues>(Func<T, TValues> take, Func<TValues, T?> build, TValues missing = default!)
    : MessageFields<T>
{
    private Field[] _json = [], _binary = [];

    /// <summary>Where a value stands.</summary>
    public delegate ref TValue Place<TValue>(ref TValues values);

    /// <summary>Adds a field.</summary>
    public FieldTable<T, TValues> Add<TValue, TType>(string name, Place<TValue> place, TType type)
        where TType : IFieldType<TValue> => InJson(name, place, type).InBinary(place, type);

    /// <summary>Adds a field that the binary encoding does not have, or has elsewhere.</summary>
    public FieldTable<T, TValues> InJson<TValue, TType>(string name, Place<TValue> place, TType type)
        where TType : IFieldType<TValue>
    {
        _json = [.. _json, new Field<TValue, TType>(name, place, type)];
        return this;
    }

    /// <summary>Adds a field that JSON does not have, or has elsewhere.</summary>
    public FieldTable<T, TValues> InBinary<TValue, TType>(Place<TValue> place, TType type)
        where TType : IFieldType<TValue>
    {
        _binary = [.. _binary, new Field<TValue, TType>(string.Empty, place, type)];
        return this;
    }

    public override T? Read(ref JsonInput json)
    {
        var values = missing;
        while (json.NextMember())
        {
            foreach (var field in _json)
            {
                if (!json.Is(field.Name)) { continue; }
                field.Read(ref json, ref values);
                break;
            }
        }
        return build(values);
    }

    public override void Write(T message, JsonOutput json)
    {
        var values = take(message);
        foreach (var field in _json) { field.Write(ref values, json); }
    }

    public override T? Read(ref BinaryInput binary)
    {
        var values = missing;
        foreach (var field in _binary) { field.Read(ref binary, ref values); }
        return build(values);
    }

    public override void Write(T message, BinaryOutput binary)
    {
        var values = take(message);
        foreach (var field in _binary) { field.Write(ref values, binary); }
    }

    private abstract class Field(string name)
    {
        private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

        public ReadOnlySpan<byte> Name => _name;

        public abstract void Read(ref JsonInput json, ref TValues values);

        public abstract void Write(ref TValues values, JsonOutput json);

        public abstract void Read(ref BinaryInput binary, ref TValues values);

        public abstract void Write(ref TValues values, BinaryOutput binary);
    }

    private sealed class Field<TValue, TType>(string name, Place<TValue> place, TType type) : Field(name)
        where TType : IFieldType<TValue>
    {
        public override void Read(ref JsonInput json, ref TValues values) => place(ref values) = type.Read(ref json);

        public override void Write(ref TValues values, JsonOutput json) => type.Write(place(ref values), Name, json);

        public override void Read(ref BinaryInput binary, ref TValues values) =>
            place(ref values) = type.Read(ref binary);

        public override void Write(ref TValues values, BinaryOutput binary) => type.Write(place(ref values), binary);
    }
}
