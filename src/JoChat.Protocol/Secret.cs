namespace JoChat.Protocol;

/// <summary>A password or token on its way. It prints as <c>***</c>, so that logging a message never leaks it.
/// </summary>
/// <param name="Value">The secret itself.</param>
public readonly record struct Secret(string Value)
{
    /// <summary>The secret of a text; null of null.</summary>
    internal static Secret? Of(string? value) => value is null ? null : new Secret(value);

    /// <inheritdoc/>
    public override string ToString() => "***";
}
