namespace JoChat.Protocol;

/// <summary>No fields, or in a response a fixed text, which is ignored when it is read.</summary>
/// <param name="text">The text; null if there is none.</param>
/// <param name="isOriginal">Whether it also stands in the binary encoding.</param>
internal sealed class EmptyFields<T>(string? text = null, bool isOriginal = false) : MessageFields<T>
    where T : class, new()
{
    public override T? Read(ref JsonInput json)
    {
        while (json.NextMember()) { }
        return new T();
    }

    public override void Write(T message, JsonOutput json) => json.Member("msg"u8, text);

    public override T? Read(ref BinaryInput binary)
    {
        if (isOriginal) { _ = binary.TakeText8(); }
        return new T();
    }

    public override void Write(T message, BinaryOutput binary)
    {
        if (isOriginal) { binary.Text8(text); }
    }
}
