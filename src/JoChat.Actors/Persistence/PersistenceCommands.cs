using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What sessions ask of the PersistenceActor. Each command is answered once, in the order of the commands, by the
// response for the client unless it says otherwise, or by StoreFailed. Answers to what is in a batch come when it is
// durable.

/// <summary>Add an account.</summary>
internal sealed record CreateAccount(Username Name, string PasswordHash);

/// <summary>Look an account up for a login. Answered by <see cref="AccountLookedUp"/>.</summary>
internal sealed record LookUpAccount(string UsernameKey);

/// <summary>The account, or null.</summary>
internal sealed record AccountLookedUp(Account? Account);

/// <summary>Bind the sending session to an account whose password it has verified. Answered by
/// <see cref="SessionBegun"/> or a refusal.</summary>
/// <param name="Account">The account.</param>
/// <param name="BetterHash">A new password hash to store, or null.</param>
internal sealed record BeginSession(Account Account, string? BetterHash);

/// <summary>The session is bound: messages stored from now on are live.</summary>
/// <param name="Account">The account.</param>
/// <param name="LiveAfter">The newest message there was; the account's messages above it are live.</param>
/// <param name="AwayCount">How many messages were sent while the account was away.</param>
internal sealed record SessionBegun(Account Account, MessageId LiveAfter, long AwayCount);

/// <summary>A command that a session gives for the account it is bound to. Refused as not logged in if it is
/// not.</summary>
internal abstract record AccountCommand(AccountId Account)
{
    public abstract Operation Operation { get; }
}

/// <summary>Unbind the sending session from its account.</summary>
internal sealed record EndSession(AccountId Account) : AccountCommand(Account)
{
    public override Operation Operation => Operation.LogOut;
}

/// <summary>Store a message and have it delivered.</summary>
internal sealed record StoreMessage(AccountId Account, string Sender, string RecipientKey, string Content)
    : AccountCommand(Account)
{
    public override Operation Operation => Operation.SendMessage;
}

/// <summary>Count the messages that were sent while the account was away.</summary>
internal sealed record CountAway(AccountId Account, MessageId LiveAfter) : AccountCommand(Account)
{
    public override Operation Operation => Operation.CountUnread;
}

/// <summary>Hand over the oldest messages that were sent while the account was away, and mark them received.</summary>
internal sealed record TakeAway(AccountId Account, MessageId LiveAfter, int Limit) : AccountCommand(Account)
{
    public override Operation Operation => Operation.FetchAway;
}

/// <summary>List what the account received, the live messages included, and mark these received.</summary>
internal sealed record ListReceived(AccountId Account, MessageId LiveAfter) : AccountCommand(Account)
{
    public override Operation Operation => Operation.ListDelivered;
}

/// <summary>Delete messages that the account was sent.</summary>
internal sealed record DiscardMessages(AccountId Account, IReadOnlyCollection<long> Ids) : AccountCommand(Account)
{
    public override Operation Operation => Operation.DeleteMessages;
}

/// <summary>Delete the account and its messages, and unbind the sending session.</summary>
internal sealed record RemoveAccount(AccountId Account) : AccountCommand(Account)
{
    public override Operation Operation => Operation.DeleteAccount;
}

/// <summary>Read what waits for the account, to push it. Answered by <see cref="BacklogRead"/>.</summary>
internal sealed record ReadBacklog(AccountId Account, MessageId After, int Limit, int MaxBytes);

/// <summary>A page of what waits, ascending.</summary>
/// <param name="Messages">The page.</param>
/// <param name="IsLast">Whether nothing was left beyond it. Then every later message comes as
/// <see cref="LiveMessage"/>, behind this answer.</param>
internal sealed record BacklogRead(IReadOnlyList<StoredMessage> Messages, bool IsLast) : INotInfluenceReceiveTimeout;

/// <summary>The account's messages up to this id were written to its socket. Not answered.</summary>
internal sealed record MarkReceived(AccountId Account, MessageId Through);

/// <summary>One page of the accounts whose name matches a pattern for <see cref="IChatStore.ListAccounts"/>.</summary>
internal sealed record FindAccounts(string KeyPattern, long Start, int Count);

/// <summary>Commit what came before. Answered by itself.</summary>
internal sealed record Flush
{
    public static Flush Instance { get; } = new();
}

/// <summary>Delete everything, and unbind every session.</summary>
internal sealed record ResetStore
{
    public static ResetStore Instance { get; } = new();
}

/// <summary>Told to the session of a message's recipient after the message is durable. Not an answer.</summary>
internal sealed record LiveMessage(MessageArrived Event) : INotInfluenceReceiveTimeout;

/// <summary>Told to a session whose account is gone or whose binding was ended by someone else. Not an
/// answer.</summary>
internal sealed record SessionRevoked
{
    public static SessionRevoked Instance { get; } = new();
}

/// <summary>The store failed and nothing of the command was done.</summary>
internal sealed record StoreFailed(object Command);
