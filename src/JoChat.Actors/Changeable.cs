namespace JoChat.Actors;

/// <summary>Settings that may be replaced while the service runs, as a whole. Who goes by them reads them each time.</summary>
/// <param name="read">Gives those that count now; called by any thread.</param>
public sealed class Changeable<T>(Func<T> read)
{
    /// <summary>Those that count now.</summary>
    public T Value => read();

    /// <summary>A part of them.</summary>
    public Changeable<TPart> Of<TPart>(Func<T, TPart> part) => new(() => part(Value));

    /// <summary>Settings that stay.</summary>
    public static implicit operator Changeable<T>(T value) => new(() => value);
}
