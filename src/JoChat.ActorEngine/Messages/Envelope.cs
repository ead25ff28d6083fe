#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>A message and who sent it.</summary>
/// <param name="message">What was told.</param>
/// <param name="sender">Who told it; null if no one.</param>
public readonly struct Envelope(object message, IActorRef sender)
{
    /// <summary>What was told.</summary>
    public object Message { get; } = message;

    /// <summary>Who told it; null if no one.</summary>
    public IActorRef Sender { get; } = sender;

    /// <inheritdoc/>
    public override string ToString() => $"{Message} from {Sender?.ToString() ?? "no one"}";
}
