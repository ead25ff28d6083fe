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

internal sealed class TypingCodec() : DoneCodec<Typing, TypingNoted>(Operation.Typing, "typing", "Noted.")
{
    public override Typing ReadRequest(ref JsonInput data)
    {
        string? recipient = null;
        bool? isTyping = null;
        while (data.NextMember())
        {
            if (data.Is("recipient"u8)) { recipient = data.TakeText(); }
            else if (data.Is("typing"u8)) { isTyping = data.TakeFlag(); }
        }
        return new Typing(recipient, isTyping ?? true);
    }

    protected override void Write(Typing request, JsonOutput data)
    {
        data.Member("recipient"u8, request.Recipient);
        data.Member("typing"u8, request.IsTyping);
    }

    public override Typing ReadRequest(ref BinaryInput input) => new(input.TakeText16(), input.TakeFlag());

    protected override void Write(Typing request, BinaryOutput output)
    {
        output.Text16(request.Recipient);
        output.Flag(request.IsTyping);
    }
}
