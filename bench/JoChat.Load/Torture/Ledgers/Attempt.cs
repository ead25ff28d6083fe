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
/// <param name="Life">The server's then.</param>
/// <param name="MayBeRefused">Whether a fault may have refused it: then an answer that was not read may have been a refusal.
/// </param>
/// <param name="Outcome">What became of it.</param>
internal readonly record struct Attempt(int Order, int Connection, CurrentLife Life, bool MayBeRefused, Outcome Outcome);
