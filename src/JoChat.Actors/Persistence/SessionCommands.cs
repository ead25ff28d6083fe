using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What sessions ask of the PersistenceActor about accounts and who is online.

/// <summary>Add an account.</summary>
internal sealed record CreateAccount(Username Name, string PasswordHash);

/// <summary>Look an account up for a login. Answered by <see cref="AccountLookedUp"/>.</summary>
internal sealed record LookUpAccount(string UsernameKey);

/// <summary>The account, or null.</summary>
internal sealed record AccountLookedUp(Account? Account);

/// <summary>Bind the sending session to an account whose password it has verified. Answered by
/// <see cref="SessionBegun"/>, by a refusal, or by <see cref="AccountLookedUp"/> if the password was changed since and
/// must be verified again.</summary>
/// <param name="Account">The account.</param>
/// <param name="BetterHash">A new password hash to store, or null.</param>
internal sealed record BeginSession(Account Account, string? BetterHash)
{
    /// <summary>Whether to end the account's other session instead of being refused.</summary>
    public bool Takeover { get; init; }

    /// <summary>A new token to store, or null.</summary>
    public NewToken? Token { get; init; }

    /// <summary>What the session's connection asked for.</summary>
    public Features Features { get; init; }
}

/// <summary>A resume token to store, and how long it is to be good for.</summary>
internal sealed record NewToken(TokenHash Hash, TimeSpan Expiry);

/// <summary>Bind the sending session to the account of a token, and end the account's other session. Answered by
/// <see cref="SessionBegun"/> or a refusal.</summary>
internal sealed record ResumeSession(TokenHash Token, Features Features);

/// <summary>The session is bound: messages stored from now on are live.</summary>
/// <param name="Account">The account.</param>
/// <param name="LiveAfter">The newest message there was; the account's messages above it are live.</param>
/// <param name="AwayCount">How many messages were sent while the account was away.</param>
internal sealed record SessionBegun(Account Account, MessageId LiveAfter, long AwayCount);

/// <summary>A command that a session gives for the account it is bound to. Refused as not logged in if it is not; so is
/// all that was still on its way when another session took over.</summary>
internal abstract record AccountCommand(AccountId Account)
{
    public abstract Operation Operation { get; }
}

/// <summary>Unbind the sending session from its account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Revoked">The session's own token, to be revoked with it; null to revoke none.</param>
internal sealed record EndSession(AccountId Account, TokenHash? Revoked = null) : AccountCommand(Account)
{
    public override Operation Operation => Operation.LogOut;
}

/// <summary>Give the account another password and revoke its tokens.</summary>
internal sealed record ReplacePassword(AccountId Account, string NewHash) : AccountCommand(Account)
{
    public override Operation Operation => Operation.ChangePassword;
}

/// <summary>Delete the account and its messages, and unbind the sending session.</summary>
internal sealed record RemoveAccount(AccountId Account) : AccountCommand(Account)
{
    public override Operation Operation => Operation.DeleteAccount;
}

/// <summary>The sending session's connection asks for other features. Not answered.</summary>
internal sealed record ChangeFeatures(AccountId Account, Features Features);

/// <summary>Delete everything, and unbind every session.</summary>
internal sealed record ResetStore
{
    public static ResetStore Instance { get; } = new();
}

/// <summary>Told to a session that someone else has unbound. What it was bound for is another's, or gone. Not an
/// answer.</summary>
internal sealed record SessionEnded(SessionCloseReason Reason) : INotInfluenceReceiveTimeout;
