using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>list_accounts</c>: find people by name.</summary>
/// <param name="Pattern">Without a wildcard: a part of the name, in any case. <c>*</c> and <c>%</c> stand for any text,
/// <c>?</c> and <c>_</c> for one character; a pattern with one of them is matched against the whole name.</param>
/// <param name="Start">How many matches to pass over, ≥ 0; null if what came is no integer.</param>
/// <param name="Count">Most matches wanted, ≥ 0, capped at <see cref="Limits.MaxListedAccounts"/>; null if what came
/// is no integer.</param>
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

internal sealed class ListAccountsCodec()
    : OperationCodec<ListAccounts, AccountsListed>(Operation.ListAccounts, "list_accounts")
{
    public override ListAccounts ReadRequest(ref JsonInput data)
    {
        string? pattern = null;
        long? start = 0, count = ListAccounts.DefaultCount;
        while (data.NextMember())
        {
            if (data.Is("pattern"u8)) { pattern = data.TakeText(); }
            else if (data.Is("start"u8)) { start = TakePageNumber(ref data, 0); }
            else if (data.Is("count"u8)) { count = TakePageNumber(ref data, ListAccounts.DefaultCount); }
        }
        return new ListAccounts(pattern, start, count);
    }

    public override AccountsListed? ReadResponse(ref JsonInput data)
    {
        ImmutableArray<ListedAccount>? users = null;
        while (data.NextMember())
        {
            if (data.Is("users"u8)) { users = JsonLists.TakeAll<ListedAccount>(ref data, TakeUser); }
        }
        return users is { } listed ? new AccountsListed(listed) : null;
    }

    protected override void Write(ListAccounts request, JsonOutput data)
    {
        data.Member("pattern"u8, request.Pattern);
        if (request.Start is { } start) { data.Member("start"u8, start); }
        if (request.Count is { } count) { data.Member("count"u8, count); }
    }

    protected override void Write(AccountsListed response, JsonOutput data)
    {
        data.Name("users"u8);
        data.BeginArray();
        foreach (var user in response.Users)
        {
            data.BeginArray();
            data.Value(user.Id);
            data.Value(user.Username);
            data.EndArray();
        }
        data.EndArray();
    }

    // What is no integer is not judged here: the session refuses it with this operation's own text.
    private static long? TakePageNumber(ref JsonInput data, long missing) =>
        data.TryTakeInteger(out var number) ? number ?? missing : null;

    private static ListedAccount? TakeUser(ref JsonInput data)
    {
        if (!data.TryEnterArray()) { return null; }
        long? id = null;
        string? username = null;
        for (var index = 0; data.NextElement(); index++)
        {
            if (index == 0) { _ = data.TryTakeInteger(out id); }
            else if (index == 1) { _ = data.TryTakeText(out username); }
        }
        return id is { } known && username is not null ? new ListedAccount(known, username) : null;
    }

    public override ListAccounts ReadRequest(ref BinaryInput input)
    {
        var (count, start) = (input.TakeByte(), input.TakeUInt32());
        return new ListAccounts(input.TakeText8(), start, count);
    }

    public override AccountsListed? ReadResponse(ref BinaryInput input) => new(
        BinaryLists.Take(ref input, input.TakeByte(), sizeof(uint) + sizeof(byte), static (ref rest) =>
            new ListedAccount(rest.TakeUInt32(), rest.TakeText8())));

    protected override void Write(ListAccounts request, BinaryOutput output)
    {
        output.Byte(Math.Min(request.Count ?? -1, byte.MaxValue));
        output.UInt32(Math.Min(request.Start ?? -1, uint.MaxValue));
        output.Text8(request.Pattern);
    }

    protected override void Write(AccountsListed response, BinaryOutput output)
    {
        var users = response.Users.AsSpan();
        var first = users[..Math.Min(users.Length, byte.MaxValue)];
        output.Byte(first.Length);
        foreach (var user in first)
        {
            output.UInt32(user.Id);
            output.Text8(user.Username);
        }
    }
}
