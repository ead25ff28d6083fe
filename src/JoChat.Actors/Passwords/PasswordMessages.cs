using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>What sessions ask of the PasswordActor, each answered once, with its request number.</summary>
internal static class PasswordCommands
{
    /// <summary>Asks for work on a password.</summary>
    internal abstract record PasswordWork(long Request, Secret Password, WorkOrigin Origin);

    /// <summary>Make a new hash. Answered by <see cref="PasswordReplies.PasswordHashed"/>.</summary>
    internal sealed record HashPassword(long Request, Secret Password, WorkOrigin Origin)
        : PasswordWork(Request, Password, Origin)
    {
        /// <summary>Whether it is for an account that is not there yet; else for a password that is changed.</summary>
        public bool IsSignUp { get; init; }
    }

    /// <summary>Compare with a hash; null, as for an unknown user, takes the same time and fails. Answered by
    /// <see cref="PasswordReplies.PasswordVerified"/>.</summary>
    internal sealed record VerifyPassword(long Request, string? Hash, Secret Password, WorkOrigin Origin)
        : PasswordWork(Request, Password, Origin)
    {
        /// <summary>Whether it is known from before this process that the account logs in from there.</summary>
        public bool IsUsual { get; init; }
    }

    /// <summary>The client of the session has ended its input: its work comes behind all other. Not answered.</summary>
    /// <param name="IsGone">Nobody reads an answer any more: its work is dropped.</param>
    internal sealed record AskerLeft(bool IsGone)
    {
        public static AskerLeft Quietly { get; } = new(IsGone: false);

        public static AskerLeft ForGood { get; } = new(IsGone: true);
    }
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

    /// <summary>Too many passwords were guessed for the account or from the address; this one was not tried.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Wait">After which time one will be.</param>
    internal sealed record TooManyGuesses(long Request, TimeSpan Wait) : Reply(Request);

    /// <summary>The work threw, which is our bug.</summary>
    internal sealed record PasswordWorkFailed(long Request, Exception Cause) : Reply(Request);
}
