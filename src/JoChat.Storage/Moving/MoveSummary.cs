namespace JoChat.Storage;

/// <summary>What a <see cref="Move"/> came to.</summary>
/// <param name="Accounts">How many accounts were moved.</param>
/// <param name="Messages">How many messages, without those that are withheld.</param>
/// <param name="Pairs">How many pairs of a sender and a recipient they have.</param>
/// <param name="Hash">The SHA-256 of the source's manifest.</param>
/// <param name="Differences">The first differences between both sides; empty if it succeeded.</param>
public sealed record MoveSummary(
    long Accounts, long Messages, long Pairs, string Hash, IReadOnlyList<string> Differences);
