#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>A message that no actor handled.</summary>
public abstract class AllDeadLetters
{
    private protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    /// <summary>What was told.</summary>
    public object Message { get; }

    /// <summary>Who told it; the system's dead letters if no one did.</summary>
    public IActorRef Sender { get; }

    /// <summary>Who was told.</summary>
    public IActorRef Recipient { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: {Message}";
}

/// <summary>A message whose recipient has stopped.</summary>
public sealed class DeadLetter : AllDeadLetters
{
    /// <summary>Makes the event.</summary>
    /// <param name="message">What was told.</param>
    /// <param name="sender">Who told it.</param>
    /// <param name="recipient">Who was told.</param>
    public DeadLetter(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
    }
}

/// <summary>A message whose recipient has stopped, and whose loss is expected.</summary>
public sealed class SuppressedDeadLetter : AllDeadLetters
{
    /// <summary>Makes the event.</summary>
    /// <param name="message">What was told.</param>
    /// <param name="sender">Who told it.</param>
    /// <param name="recipient">Who was told.</param>
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}

/// <summary>A message that was given up for another reason.</summary>
public sealed class Dropped : AllDeadLetters
{
    /// <summary>Makes the event.</summary>
    /// <param name="message">What was told.</param>
    /// <param name="reason">Why it was given up.</param>
    /// <param name="sender">Who told it.</param>
    /// <param name="recipient">Who was told.</param>
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient) => Reason = reason;

    /// <summary>Why it was given up.</summary>
    public string Reason { get; }
}

/// <summary>A message that its recipient has no handler for.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    /// <summary>Makes the event.</summary>
    /// <param name="message">What was told.</param>
    /// <param name="sender">Who told it.</param>
    /// <param name="recipient">Who was told.</param>
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
    }
}
