namespace JoChat.Actors;

/// <summary>How large a batch, one transaction with one sync to disk, may grow, and how accounts are guarded. Batches
/// grow by themselves under load; these are the bounds.</summary>
public sealed record PersistenceOptions
{
    /// <summary>Most writes in a batch, ≥ 1. Commands that read meanwhile count too, and those with much to read or delete
    /// as up to 64. A batch ends with the command that reaches this.</summary>
    public int MaxBatchWrites { get; init; } = 1000;

    /// <summary>Most bytes of content in a batch, written or read while it is open, ≥ 1; the command that reaches it
    /// is the last.</summary>
    public long MaxBatchBytes { get; init; } = 1024 * 1024;

    /// <summary>How long after a login with the password its session is not taken over by tokens of older logins, and its
    /// login not revoked by them; zero: they may.</summary>
    public TimeSpan PasswordShelter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long nobody may take the name of a deleted account; zero: it is free at once.</summary>
    public TimeSpan HoldDeletedNames { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How old messages may become before they are deleted; zero: they are kept.</summary>
    public TimeSpan Retention { get; init; }

    /// <summary>How many bytes are to stay free on the disk, ≥ 0; with fewer, messages and sign-ups are refused.
    /// </summary>
    public long MinFreeBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How much an account may store.</summary>
    public QuotaOptions Quotas { get; init; } = new();

    /// <summary>Most messages that are deleted in one go of a long deletion, ≥ 1: a few milliseconds, in which nothing
    /// else is done.</summary>
    public int DeletedAtOnce { get; init; } = 500;
}
