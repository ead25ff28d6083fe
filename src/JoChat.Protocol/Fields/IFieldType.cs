namespace JoChat.Protocol;

/// <summary>How values of one kind stand in each encoding.</summary>
internal interface IFieldType<T>
{
    T Read(ref JsonInput json);

    void Write(T value, ReadOnlySpan<byte> name, JsonOutput json);

    T Read(ref BinaryInput binary);

    void Write(T value, BinaryOutput binary);
}
