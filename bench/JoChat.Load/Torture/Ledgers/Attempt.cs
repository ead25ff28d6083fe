namespace JoChat.Load.Torture;

/// <summary>What became of one sending of a message.</summary>
internal enum Outcome
{
    /// <summary>No answer was read: it may be stored or not.</summary>
    Unanswered,

    /// <summary>Refused: this sending stored nothing.</summary>
    Refused,

    /// <summary>Acknowledged: the message is stored, by this sending or by one before it.</summary>
    Stored,
}

/// <summary>One sending of a message.</summary>
/// <param name="Order">Its place among all sendings of its sender, ≥ 1.</param>
/// <param name="Connection">Which of the sender's connections it went out on.</param>
/// <param name="MayBeRefused">Whether storage faults were injected into the server then: an answer that was not read
/// may have been a refusal.</param>
/// <param name="Outcome">What became of it.</param>
internal readonly record struct Attempt(int Order, int Connection, bool MayBeRefused, Outcome Outcome);
