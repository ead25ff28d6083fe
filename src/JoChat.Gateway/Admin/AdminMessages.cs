using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>What a command of the operator asks the server for, as JSON.</summary>
/// <param name="Name">Of which account.</param>
/// <param name="After">Behind which name key a list goes on.</param>
/// <param name="Password">The new password, as clients send it.</param>
/// <param name="OlderThan">Which messages are to be deleted, by their age.</param>
internal sealed record AdminRequest(
    string? Name = null, string? After = null, string? Password = null, TimeSpan? OlderThan = null);

/// <summary>A line of what the server answers. The last one is the answer; those before tell how far it is.</summary>
/// <param name="Fault">Why it was not done; null if it was.</param>
/// <param name="Accounts">The accounts that were asked for.</param>
/// <param name="Statistics">What was counted.</param>
/// <param name="Prune">Which messages were deleted, or would be.</param>
internal sealed record AdminAnswer(
    string? Fault = null, IReadOnlyList<OperatedAccount>? Accounts = null, ServerStatistics? Statistics = null,
    PruneProgress? Prune = null);

/// <summary>How far <c>prune</c> is.</summary>
/// <param name="Before">When the messages were sent that it deletes, in UTC.</param>
/// <param name="Messages">How many it has deleted, or would.</param>
internal sealed record PruneProgress(DateTimeOffset Before, long Messages);

/// <summary>What <c>stats</c> tells.</summary>
/// <param name="Version">Of the server.</param>
/// <param name="StartedAt">Since when it runs, in UTC.</param>
/// <param name="Connections">How many clients are connected, guests too; null on a node without clients.</param>
/// <param name="MemoryBytes">Of its memory is in use.</param>
/// <param name="Writer">What its writer knows.</param>
internal sealed record ServerStatistics(
    string Version, DateTimeOffset StartedAt, int? Connections, long MemoryBytes, WriterStatistics Writer);
