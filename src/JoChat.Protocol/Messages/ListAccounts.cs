using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>list_accounts</c>: find people by name.</summary>
/// <param name="Pattern">Without a wildcard: a part of the name, in any case. <c>*</c> and <c>%</c> stand for any text,
/// <c>?</c> and <c>_</c> for one character; a pattern with one of them is matched against the whole name.</param>
/// <param name="Start">How many matches to pass over, ≥ 0; null if what came is no integer.</param>
/// <param name="Count">Most matches wanted, ≥ 0, capped at <see cref="Limits.MaxListedAccounts"/>; null if what came is
/// no integer.</param>
public sealed record ListAccounts(string? Pattern, long? Start, long? Count) : Request
{
    /// <summary>The count when the client names none.</summary>
    public const int DefaultCount = 10;

    /// <inheritdoc/>
    public override Operation Operation => Operation.ListAccounts;
}

/// <summary>One page of the matching accounts, ordered by username.</summary>
/// <param name="Users">The accounts.</param>
public sealed record AccountsListed(ImmutableArray<ListedAccount> Users) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ListAccounts;
}

/// <summary>An account in a list.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Username">Its name, as signed up.</param>
public readonly record struct ListedAccount(long Id, string Username);
