using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>blocked</c>: whom do I block?</summary>
/// <param name="After">The id of the last account seen: what follows it is wanted. Null: from the beginning.</param>
/// <param name="Count">Most accounts wanted, capped at <see cref="Limits.MaxListedBlocked"/>.</param>
public sealed record ListBlocked(long? After, int Count = ListBlocked.DefaultCount) : Request
{
    /// <summary>The count when the client names none.</summary>
    public const int DefaultCount = 100;

    /// <inheritdoc/>
    public override Operation Operation => Operation.ListBlocked;
}

/// <summary>One page of the accounts that I block, by ascending id.</summary>
/// <param name="Accounts">The accounts.</param>
public sealed record BlockedListed(ImmutableArray<ListedAccount> Accounts) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ListBlocked;
}

internal sealed class ListBlockedCodec() : OperationCodec<ListBlocked, BlockedListed>(
    Operation.ListBlocked, "blocked",
    new FieldTable<ListBlocked, (long? After, long? Count)>(
        request => (request.After, request.Count),
        values => new(values.After, Integers.Cap(values.Count ?? ListBlocked.DefaultCount)))
        .Add("after", (ref values) => ref values.After, new Integer(8, isOptional: true))
        .Add("count", (ref values) => ref values.Count, new Integer(2, isCapped: true)),
    new FieldTable<BlockedListed, ImmutableArray<ListedAccount>?>(
        response => response.Accounts, accounts => accounts is { } listed ? new(listed) : null)
        .Add("blocked", (ref accounts) => ref accounts,
            new ObjectList<ListedAccount>(AccountFields, countBytes: 2, MinBytes)))
{
    private const int MinBytes = sizeof(ulong) + sizeof(ushort);

    private static readonly MessageFields<ListedAccount?> AccountFields =
        new FieldTable<ListedAccount?, (long? Id, string? Username)>(
            account => (account?.Id, account?.Username),
            values => values is ({ } id, { } username) ? new ListedAccount(id, username) : null)
            .Add("id", (ref values) => ref values.Id, new Integer(8))
            .Add("username", (ref values) => ref values.Username, new Text(2));
}
