namespace JoChat.Cluster;

/// <summary>How messages of one type cross a link.</summary>
/// <param name="kind">What stands for the type in the bytes. It never changes, and another type never gets it.</param>
/// <param name="type">The type.</param>
internal abstract class LinkForm(byte kind, Type type)
{
    /// <summary>What stands for the type in the bytes.</summary>
    public byte Kind => kind;

    /// <summary>The type.</summary>
    public Type Type => type;

    /// <summary>Writes a message's fields.</summary>
    public abstract void Write(object message, ref LinkOutput to);

    /// <summary>Reads a message's fields.</summary>
    public abstract object Read(ref LinkInput from);
}

/// <inheritdoc cref="LinkForm"/>
/// <param name="kind">What stands for the type in the bytes.</param>
/// <param name="write">Writes its fields.</param>
/// <param name="read">Reads them, in the same order.</param>
internal sealed class LinkForm<T>(byte kind, LinkOutput.Writer<T> write, LinkInput.Reader<T> read)
    : LinkForm(kind, typeof(T))
    where T : class
{
    public override void Write(object message, ref LinkOutput to) => write((T)message, ref to);

    public override object Read(ref LinkInput from) => read(ref from);
}
