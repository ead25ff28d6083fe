namespace JoChat.Storage;

/// <summary>A part of a list: a long one takes several calls, a millisecond or two each.</summary>
/// <param name="Items">The part.</param>
/// <param name="Rest">What to ask for the next part; null if the list is complete.</param>
public readonly record struct ListPart<TItem, TListing>(IReadOnlyList<TItem> Items, TListing? Rest)
    where TListing : class;

/// <summary>Accounts whose name matches, ordered by name key.</summary>
/// <param name="KeyPattern">A pattern for the name key: <c>%</c> any text, <c>_</c> one character, <c>\</c> takes the next
/// character literally.</param>
/// <param name="Start">How many matches to skip, ≥ 0.</param>
/// <param name="Count">Most matches to return, ≥ 0.</param>
public sealed record AccountListing(string KeyPattern, long Start, int Count)
{
    /// <summary>Only names whose key is above this one; null for all.</summary>
    internal string? After { get; init; }

    /// <summary>The gram by which they are looked for, if it is known which; empty for none.</summary>
    internal string? Gram { get; init; }
}

/// <summary>The conversations of an account, the one with the newest message first, without those whose messages are all
/// deleted.</summary>
/// <param name="Account">Whose conversations.</param>
/// <param name="Before">Only conversations whose last message has an id below this one. For the next page, the id of the
/// last message of the previous page's last conversation.</param>
/// <param name="Count">Most conversations, ≥ 0.</param>
/// <param name="Budget">Over the last messages: the list ends before it exceeds this.</param>
public sealed record ConversationListing(AccountId Account, MessageId Before, int Count, ByteBudget Budget)
{
    /// <summary>What is found and not listed yet, if that is known; the unread messages are still to be counted.</summary>
    internal IReadOnlyList<StoredConversation>? Rest { get; init; }
}
