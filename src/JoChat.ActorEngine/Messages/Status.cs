#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>An outcome as a message.</summary>
public abstract class Status
{
    private Status()
    {
    }

    /// <summary>It went well.</summary>
    public sealed class Success : Status
    {
        /// <summary>Makes the message.</summary>
        /// <param name="status">The result; may be null.</param>
        public Success(object status) => Status = status;

        /// <summary>The result; may be null.</summary>
        public object Status { get; }

        /// <inheritdoc/>
        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    /// <summary>It failed.</summary>
    public sealed class Failure : Status
    {
        /// <summary>Makes the message.</summary>
        /// <param name="cause">Why.</param>
        public Failure(Exception cause) => Cause = cause;

        /// <summary>Makes the message.</summary>
        /// <param name="cause">Why.</param>
        /// <param name="state">What the sender adds to it.</param>
        public Failure(Exception cause, object state)
        {
            Cause = cause;
            State = state;
        }

        /// <summary>Why.</summary>
        public Exception Cause { get; }

        /// <summary>What the sender added; null if nothing.</summary>
        public object State { get; }

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {Cause}";
    }
}
