using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What sessions ask of the BrowseActor: account commands by way of the PersistenceActor, which hands them on. Each is
// answered by the response for the client or by StoreFailed.

/// <summary>One page of the accounts whose name matches a pattern for <see cref="IChatReader.ListAccounts"/>.</summary>
internal sealed record FindAccounts(string KeyPattern, long Start, int Count);

/// <summary>List the account's conversations.</summary>
internal sealed record FindConversations(AccountId Account, string Username, MessageId Before, int Count)
    : AccountCommand(Account)
{
    public override Operation Operation => Operation.ListConversations;
}

/// <summary>Read what the account and another wrote to each other.</summary>
internal sealed record FindHistory(AccountId Account, string Username, string WithKey, MessageId Before, int Count)
    : AccountCommand(Account)
{
    public override Operation Operation => Operation.ReadHistory;
}
