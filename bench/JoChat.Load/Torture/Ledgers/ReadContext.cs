namespace JoChat.Load.Torture;

/// <summary>Who asked for a list or a count, and when: what it had been told by then must be in the answer.</summary>
/// <param name="Reader">Whose account.</param>
/// <param name="LoginAt">When the login of that connection was requested, by the ledger's clock. What was acknowledged
/// on an earlier connection may be undelivered again, if the server was killed before it wrote its watermark.</param>
/// <param name="AskedAt">When the request was about to be written, by the same clock.</param>
internal readonly record struct ReadContext(string Reader, long LoginAt, long AskedAt);
