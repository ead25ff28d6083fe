using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>list_accounts</c>: find people by name.</summary>
/// <param name="Pattern">Without a wildcard: a part of the name, in any case. <c>*</c> and <c>%</c> stand for any text,
/// <c>?</c> and <c>_</c> for one character; a pattern with one of them is matched against the whole name.</param>
/// <param name="Start">How many matches to skip, ≥ 0; null if what was sent is no integer.</param>
/// <param name="Count">Most matches wanted, ≥ 0, capped at <see cref="Limits.MaxListedAccounts"/>; null if what was
/// sent is no integer.</param>
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

internal sealed class ListAccountsCodec() : OperationCodec<ListAccounts, AccountsListed>(
    Operation.ListAccounts, "list_accounts",
    new FieldTable<ListAccounts, (string? Pattern, long? Start, long? Count)>(
        request => (request.Pattern, request.Start, request.Count),
        values => new(values.Pattern, values.Start, values.Count), missing: (null, 0, ListAccounts.DefaultCount))
        .InJson("pattern", (ref values) => ref values.Pattern, new Text(1))
        .InBinary((ref values) => ref values.Count, new PageNumber(1, ListAccounts.DefaultCount))
        .Add("start", (ref values) => ref values.Start, new PageNumber(4, 0))
        .InJson("count", (ref values) => ref values.Count, new PageNumber(1, ListAccounts.DefaultCount))
        .InBinary((ref values) => ref values.Pattern, new Text(1)),
    new FieldTable<AccountsListed, ImmutableArray<ListedAccount>?>(
        response => response.Users, users => users is { } listed ? new(listed) : null)
        .Add("users", (ref users) => ref users, new AccountList()));

/// <summary>Where a page begins or how long it is, at most what fits in binary. What is no integer is not judged here:
/// the session refuses it with this operation's own text.</summary>
/// <param name="bytes">How long it is in binary.</param>
/// <param name="missing">What null counts as.</param>
internal readonly struct PageNumber(int bytes, long missing) : IFieldType<long?>
{
    private readonly Integer _integer = new(bytes, isCapped: true);

    public long? Read(ref JsonInput json) => json.TryTakeInteger(out var number) ? number ?? missing : null;

    public void Write(long? value, ReadOnlySpan<byte> name, JsonOutput json) => _integer.Write(value, name, json);

    public long? Read(ref BinaryInput binary) => _integer.Read(ref binary);

    public void Write(long? value, BinaryOutput binary) => _integer.Write(value, binary);
}

/// <summary>Accounts, each in JSON an array of its id and its name.</summary>
internal readonly struct AccountList : IFieldType<ImmutableArray<ListedAccount>?>
{
    public ImmutableArray<ListedAccount>? Read(ref JsonInput json)
    {
        if (!json.TryEnterArray()) { return null; }
        var users = ImmutableArray.CreateBuilder<ListedAccount>();
        var isWhole = true;
        while (json.NextElement())
        {
            if (TakeUser(ref json) is { } user) { users.Add(user); }
            else { isWhole = false; }
        }
        return isWhole ? users.DrainToImmutable() : null;
    }

    public void Write(ImmutableArray<ListedAccount>? value, ReadOnlySpan<byte> name, JsonOutput json)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var user in value ?? [])
        {
            json.BeginArray();
            json.Value(user.Id);
            json.Value(user.Username);
            json.EndArray();
        }
        json.EndArray();
    }

    public ImmutableArray<ListedAccount>? Read(ref BinaryInput binary) =>
        BinaryLists.Take(ref binary, binary.TakeByte(), sizeof(uint) + sizeof(byte), static (ref rest) =>
            new ListedAccount(rest.TakeUInt32(), rest.TakeText8()));

    public void Write(ImmutableArray<ListedAccount>? value, BinaryOutput binary)
    {
        var users = (value ?? []).AsSpan();
        var first = users[..Math.Min(users.Length, byte.MaxValue)];
        binary.Byte(first.Length);
        foreach (var user in first)
        {
            binary.UInt32(user.Id);
            binary.Text8(user.Username);
        }
    }

    private static ListedAccount? TakeUser(ref JsonInput json)
    {
        if (!json.TryEnterArray()) { return null; }
        long? id = null;
        string? username = null;
        for (var index = 0; json.NextElement(); index++)
        {
            if (index == 0) { _ = json.TryTakeInteger(out id); }
            else if (index == 1) { _ = json.TryTakeText(out username); }
        }
        return id is { } known && username is not null ? new ListedAccount(known, username) : null;
    }
}
