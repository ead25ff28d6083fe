namespace JoChat.Protocol;

/// <summary>The event <c>typing</c>: someone is writing to me, or no more. It holds for some seconds at most.</summary>
/// <param name="Sender">Who.</param>
/// <param name="IsTyping">Whether they are writing.</param>
public sealed record TypingArrived(string Sender, bool IsTyping) : ServerEvent;

internal sealed class TypingArrivedCodec() : EventCodec<TypingArrived>(34, "typing")
{
    public override TypingArrived? Read(ref JsonInput data)
    {
        string? sender = null;
        bool? isTyping = null;
        while (data.NextMember())
        {
            if (data.Is("sender"u8)) { sender = data.TakeText(); }
            else if (data.Is("typing"u8)) { isTyping = data.TakeFlag(); }
        }
        return sender is not null && isTyping is { } flag ? new TypingArrived(sender, flag) : null;
    }

    protected override void Write(TypingArrived message, JsonOutput data)
    {
        data.Member("sender"u8, message.Sender);
        data.Member("typing"u8, message.IsTyping);
    }

    public override TypingArrived? Read(ref BinaryInput input) => new(input.TakeText16(), input.TakeFlag());

    protected override void Write(TypingArrived message, BinaryOutput output)
    {
        output.Text16(message.Sender);
        output.Flag(message.IsTyping);
    }
}
