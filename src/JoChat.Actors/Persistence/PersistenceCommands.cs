using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What sessions ask of the PersistenceActor, here about messages. Each command is answered once, in the order of the
// commands, by the response for the client unless it says otherwise, or by StoreFailed. Answers to what is in a batch
// come when it is durable.

/// <summary>Store a message and have it delivered.</summary>
internal sealed record StoreMessage(
    AccountId Account, string Sender, string RecipientKey, string Content, string? ClientId = null)
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

/// <summary>List what the account received, the live messages included.</summary>
/// <param name="Account">The account.</param>
/// <param name="LiveAfter">The newest message that is not live.</param>
/// <param name="MarksLive">Whether the live ones are received by this; else they are by being pushed.</param>
internal sealed record ListReceived(AccountId Account, MessageId LiveAfter, bool MarksLive) : AccountCommand(Account)
{
    public override Operation Operation => Operation.ListDelivered;
}

/// <summary>Delete messages that the account was sent.</summary>
internal sealed record DiscardMessages(AccountId Account, IReadOnlyCollection<long> Ids) : AccountCommand(Account)
{
    public override Operation Operation => Operation.DeleteMessages;
}

/// <summary>Commit what came before. Answered by itself.</summary>
internal sealed record Flush
{
    public static Flush Instance { get; } = new();
}

/// <summary>The store failed and nothing of the command was done.</summary>
internal sealed record StoreFailed(object Command);
