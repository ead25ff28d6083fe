namespace JoChat.Protocol;

/// <summary>A password or token on its way. It prints as <c>***</c>, so that logging a message never leaks it.
/// </summary>
/// <param name="Value">The secret itself.</param>
public readonly record struct Secret(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => "***";
}
