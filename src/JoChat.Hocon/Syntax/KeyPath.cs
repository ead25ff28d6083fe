namespace JoChat.Hocon;

/// <summary>One element of a path.</summary>
internal sealed record Key(string Text, bool IsQuoted, HoconPosition At);

/// <summary>The keys from an object down to a value; empty for the object itself.</summary>
internal sealed class KeyPath(IReadOnlyList<Key> keys)
{
    public static readonly KeyPath Root = new([]);

    public IReadOnlyList<Key> Keys { get; } = keys;

    public KeyPath Then(KeyPath rest) => new([.. Keys, .. rest.Keys]);

    public override string ToString() => string.Join('.', Keys.Select(key => key.Text));
}
