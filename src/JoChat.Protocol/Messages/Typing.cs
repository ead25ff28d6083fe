namespace JoChat.Protocol;

/// <summary><c>typing</c>: let someone see that I am writing to them, or no more. Nothing of it is kept.</summary>
/// <param name="Recipient">Who is to see it; null or empty is refused.</param>
/// <param name="IsTyping">Whether I am writing.</param>
public sealed record Typing(string? Recipient, bool IsTyping = true) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Typing;
}

/// <summary>It was told, if there is someone of that name who is online and cares.</summary>
public sealed record TypingNoted : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Typing;
}

internal sealed class TypingCodec() : OperationCodec<Typing, TypingNoted>(
    Operation.Typing, "typing",
    new FieldTable<Typing, (string? Recipient, bool? IsTyping)>(
        request => (request.Recipient, request.IsTyping), values => new(values.Recipient, values.IsTyping ?? true))
        .Add("recipient", (ref values) => ref values.Recipient, new Text(2))
        .Add("typing", (ref values) => ref values.IsTyping, new Flag()),
    new EmptyFields<TypingNoted>("Noted."));
