using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>What sessions ask of the PasswordActor, each answered once, with its request number.</summary>
internal static class PasswordCommands
{
    /// <summary>Asks for work on a password.</summary>
    internal abstract record PasswordWork(long Request, Secret Password);

    /// <summary>Make a new hash. Answered by <see cref="PasswordReplies.PasswordHashed"/>.</summary>
    internal sealed record HashPassword(long Request, Secret Password) : PasswordWork(Request, Password);

    /// <summary>Compare with a hash; null, as for an unknown user, takes the same time and fails. Answered by
    /// <see cref="PasswordReplies.PasswordVerified"/>.</summary>
    internal sealed record VerifyPassword(long Request, string? Hash, Secret Password)
        : PasswordWork(Request, Password);
}

/// <summary>What a session hears of the PasswordActor.</summary>
internal static class PasswordReplies
{
    /// <summary>The hash asked for.</summary>
    internal sealed record PasswordHashed(long Request, string Hash) : Reply(Request);

    /// <summary>Whether the password was right.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="IsRight">It was.</param>
    /// <param name="BetterHash">A new hash to store, if the old one was made with too few iterations.</param>
    internal sealed record PasswordVerified(long Request, bool IsRight, string? BetterHash) : Reply(Request);

    /// <summary>The queue is full; nothing was done.</summary>
    internal sealed record PasswordWorkRefused(long Request) : Reply(Request);

    /// <summary>The work threw, which is our bug.</summary>
    internal sealed record PasswordWorkFailed(long Request, Exception Cause) : Reply(Request);
}
