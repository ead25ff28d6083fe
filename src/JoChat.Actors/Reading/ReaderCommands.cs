using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>What sessions ask of the ReaderActor, each answered by <see cref="PersistenceReplies.Answered"/>,
/// <see cref="PersistenceReplies.AnsweredFor"/> or <see cref="PersistenceReplies.StoreFailed"/>. What would take longer
/// than a millisecond or two is done in parts, each a command of its own.</summary>
internal static class ReaderCommands
{
    /// <summary>One page of the accounts whose name matches a pattern.</summary>
    internal sealed record FindAccounts(long Request, AccountListing Listing) : Command(Request)
    {
        /// <summary>What is found already.</summary>
        public ImmutableList<ListedAccount> Found { get; init; } = [];
    }

    /// <summary>Reads what an account wrote or was sent. It comes by way of the PersistenceActor, which
    /// knows whether the session still has its account, and its watermark.</summary>
    internal abstract record PairCommand(long Request, AccountId Account, string Username)
        : AccountCommand(Request, Account)
    {
        /// <summary>The account's pending watermark, to be laid over what is read; default if none is.</summary>
        public MessageId Watermark { get; init; }
    }

    /// <summary>The same page of those with whom the account has a conversation, and of the one with this name key.
    /// </summary>
    internal sealed record FindContacts(
        long Request, AccountId Account, string Username, string KeyPattern, string NameKey, long Start, int Count)
        : PairCommand(Request, Account, Username)
    {
        public override Operation Operation => Operation.ListAccounts;
    }

    /// <summary>List the account's conversations.</summary>
    internal sealed record FindConversations(
        long Request, AccountId Account, string Username, MessageId Before, int Count)
        : PairCommand(Request, Account, Username)
    {
        public override Operation Operation => Operation.ListConversations;

        /// <summary>What is still to be listed; null at first.</summary>
        public ConversationListing? Listing { get; init; }

        /// <summary>What is found already.</summary>
        public ImmutableList<Conversation> Found { get; init; } = [];
    }

    /// <summary>Read what the account and another wrote to each other.</summary>
    internal sealed record FindHistory(
        long Request, AccountId Account, string Username, string WithKey, MessageId Before, int Count)
        : PairCommand(Request, Account, Username)
    {
        public override Operation Operation => Operation.ReadHistory;
    }

    /// <summary>List whom the account blocks.</summary>
    internal sealed record FindBlocked(long Request, AccountId Account, string Username, AccountId After, int Count)
        : PairCommand(Request, Account, Username)
    {
        public override Operation Operation => Operation.ListBlocked;
    }

    /// <summary>Read what the account was sent.</summary>
    internal sealed record FindInbox(long Request, AccountId Account, string Username, InboxPage Page)
        : PairCommand(Request, Account, Username)
    {
        public override Operation Operation => Operation.ReadInbox;
    }
}
