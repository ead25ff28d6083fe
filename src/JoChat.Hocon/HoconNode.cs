namespace JoChat.Hocon;

/// <summary>A value of a resolved HOCON text: a scalar, an array or an object.</summary>
public abstract class HoconNode
{
    private protected HoconNode(HoconPosition position) => Position = position;

    /// <summary>Where the value was written; for a merged object, where its last part was.</summary>
    public HoconPosition Position { get; }
}

/// <summary>How a scalar was written.</summary>
public enum HoconScalarKind
{
    /// <summary>The unquoted word <c>null</c>.</summary>
    Null,

    /// <summary>One unquoted word: a number, a switch, or text.</summary>
    Word,

    /// <summary>Quoted or joined from several parts: text, whatever it looks like.</summary>
    Text,
}

/// <summary>A text, number, switch or null.</summary>
public sealed class HoconScalar : HoconNode
{
    internal HoconScalar(string text, HoconScalarKind kind, HoconPosition position) : base(position) =>
        (Text, Kind) = (text, kind);

    /// <summary>The value as it was written, without quotes; numbers are not normalised.</summary>
    public string Text { get; }

    /// <summary>How the value was written.</summary>
    public HoconScalarKind Kind { get; }
}

/// <summary>A list of values.</summary>
public sealed class HoconArray : HoconNode
{
    internal HoconArray(IReadOnlyList<HoconNode> items, HoconPosition position) : base(position) => Items = items;

    /// <summary>The elements in their order.</summary>
    public IReadOnlyList<HoconNode> Items { get; }
}
