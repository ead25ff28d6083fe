#nullable disable annotations
namespace JoChat.ActorEngine.TestKit;

/// <summary>Answers for a test actor while the test is busy elsewhere.</summary>
public abstract class AutoPilot
{
    /// <summary>Answers nothing.</summary>
    public static NoAutoPilot NoAutoPilot { get; } = new();

    /// <summary>Says that the same pilot takes the next message.</summary>
    public static KeepRunning KeepRunning { get; } = new();

    /// <summary>Called with each message before it is queued.</summary>
    /// <param name="sender">Who sent it.</param>
    /// <param name="message">What was told.</param>
    /// <returns>Who takes the next message; <see cref="KeepRunning"/> for this pilot.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>Answers nothing.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    internal NoAutoPilot()
    {
    }

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>Says that the same pilot takes the next message.</summary>
public sealed class KeepRunning : AutoPilot
{
    internal KeepRunning()
    {
    }

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning is an answer of an auto pilot, not an auto pilot.");
}

/// <summary>An auto pilot that is a function.</summary>
/// <param name="run">As <see cref="AutoPilot.Run"/>.</param>
public sealed class DelegateAutoPilot(Func<IActorRef, object, AutoPilot> run) : AutoPilot
{
    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => run(sender, message);
}
