namespace JoChat.Protocol;

/// <summary>The fields of a message, or of an element of a list, in both encodings. Most are a <see cref="FieldTable{T,
/// TValues}"/>; those of the most frequent messages are written out, which saves 5 to 30 ns a message.</summary>
/// <typeparam name="T">The message; of an element, its nullable.</typeparam>
internal abstract class MessageFields<T>
{
    /// <summary>Reads the members of an object that <paramref name="json"/> has entered; null if a needed one is
    /// missing. The result counts only if the input has no fault.</summary>
    public abstract T? Read(ref JsonInput json);

    /// <summary>Writes the members.</summary>
    public abstract void Write(T message, JsonOutput json);

    /// <summary>Reads the fields in their order; null if they mean nothing to this version. The result counts only if
    /// the input has no fault and is not short.</summary>
    public abstract T? Read(ref BinaryInput binary);

    /// <summary>Writes the fields in their order.</summary>
    public abstract void Write(T message, BinaryOutput binary);
}
