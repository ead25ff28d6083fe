using System.Collections.Immutable;
using LoginFacts = (long? Id, string? Client, string? Address, System.DateTimeOffset? CreatedAt,
    System.DateTimeOffset? UsedAt, bool? IsOwn, bool? IsConnected);

namespace JoChat.Protocol;

/// <summary><c>sessions</c>: which logins of mine are kept by a resume token?</summary>
public sealed record ListLogins : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ListLogins;
}

/// <summary>The logins of the account that are kept, the last used first.</summary>
/// <param name="Logins">The logins, at most 16.</param>
public sealed record LoginsListed(ImmutableArray<ListedLogin> Logins) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.ListLogins;
}

/// <summary>A login that is kept by a resume token.</summary>
/// <param name="Id">What <c>revoke</c> takes. It says nothing of the token.</param>
/// <param name="Client">The client's name as it gave it in <c>hello</c>, whatever that is; empty if it gave none.</param>
/// <param name="Address">Where it was used last; empty if that is not known.</param>
/// <param name="CreatedAt">When the password was given for it.</param>
/// <param name="UsedAt">When it was used last to log in or to resume.</param>
/// <param name="IsOwn">Whether it is the one of this session.</param>
/// <param name="IsConnected">Whether a session hangs on it now.</param>
public readonly record struct ListedLogin(
    long Id, string Client, string Address, DateTimeOffset CreatedAt, DateTimeOffset UsedAt, bool IsOwn,
    bool IsConnected);

internal sealed class ListLoginsCodec() : OperationCodec<ListLogins, LoginsListed>(
    Operation.ListLogins, "sessions",
    new EmptyFields<ListLogins>(),
    new FieldTable<LoginsListed, ImmutableArray<ListedLogin>?>(
        response => response.Logins, logins => logins is { } listed ? new(listed) : null)
        .Add("sessions", (ref logins) => ref logins, new ObjectList<ListedLogin>(LoginFields, countBytes: 2, MinBytes)))
{
    private const int MinBytes = (3 * sizeof(ulong)) + (2 * sizeof(ushort)) + (2 * sizeof(byte));

    private static readonly MessageFields<ListedLogin?> LoginFields =
        new FieldTable<ListedLogin?, LoginFacts>(
            login => (login?.Id, login?.Client, login?.Address, login?.CreatedAt, login?.UsedAt, login?.IsOwn,
                login?.IsConnected),
            values => values is ({ } id, { } client, { } address, { } createdAt, { } usedAt, { } isOwn, { } isConnected)
                ? new ListedLogin(id, client, address, createdAt, usedAt, isOwn, isConnected)
                : null)
            .Add("id", (ref values) => ref values.Id, new Integer(8))
            .Add("client", (ref values) => ref values.Client, new Text(2))
            .Add("address", (ref values) => ref values.Address, new Text(2))
            .Add("created_at", (ref values) => ref values.CreatedAt, new Time())
            .Add("used_at", (ref values) => ref values.UsedAt, new Time())
            .Add("own", (ref values) => ref values.IsOwn, new Flag())
            .Add("connected", (ref values) => ref values.IsConnected, new Flag());
}
