namespace JoChat.Protocol;

/// <summary>The event <c>typing</c>: someone is writing to me, or no more. It holds for some seconds at most.</summary>
/// <param name="Sender">Who.</param>
/// <param name="IsTyping">Whether they are writing.</param>
public sealed record TypingArrived(string Sender, bool IsTyping) : ServerEvent;

internal sealed class TypingArrivedCodec() : EventCodec<TypingArrived>(
    34, "typing",
    new FieldTable<TypingArrived, (string? Sender, bool? IsTyping)>(
        message => (message.Sender, message.IsTyping),
        values => values is ({ } sender, { } isTyping) ? new(sender, isTyping) : null)
        .Add("sender", (ref values) => ref values.Sender, new Text(2))
        .Add("typing", (ref values) => ref values.IsTyping, new Flag()));
