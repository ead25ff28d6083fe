using System.Text;

namespace JoChat.Protocol;

/// <summary><c>login</c>: bind this connection to an account.</summary>
/// <param name="Username">Whose account; null or empty is refused.</param>
/// <param name="Password">The secret given at sign-up; null or empty is refused.</param>
/// <param name="Takeover">Whether to end the account's other session, if there is one, instead of being refused.
/// </param>
/// <param name="WantsToken">Whether to be given a token for <see cref="Resume"/>.</param>
public sealed record LogIn(string? Username, Secret? Password, bool Takeover = false, bool WantsToken = false) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.LogIn;
}

/// <summary>The connection is logged in.</summary>
/// <param name="UnreadCount">How many messages were sent while the account was away.</param>
/// <param name="ResumeToken">What <see cref="Resume"/> takes; null unless it was asked for.</param>
public sealed record LoggedIn(long UnreadCount, Secret? ResumeToken = null) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.LogIn;
}

/// <summary>The shorter binary form is the original's.</summary>
internal sealed class LogInCodec() : OperationCodec<LogIn, LoggedIn>(
    Operation.LogIn, "login",
    new FieldTable<LogIn, (string? Username, string? Password, bool? Takeover, bool? WantsToken)>(
        request => (request.Username, request.Password?.Value, request.Takeover ? true : null,
            request.WantsToken ? true : null),
        values => new(
            values.Username, Secret.Of(values.Password), values.Takeover ?? false, values.WantsToken ?? false))
        .Add("username", (ref values) => ref values.Username, new Text(1))
        .Add("password", (ref values) => ref values.Password, new Text(1))
        .InJson("takeover", (ref values) => ref values.Takeover, new Flag())
        .InJson("resume", (ref values) => ref values.WantsToken, new Flag()),
    new FieldTable<LoggedIn, (string? Text, long? Unread, string? Token)>(
        response => ("Login successful.", response.UnreadCount, response.ResumeToken?.Value),
        values => values.Unread is { } unread ? new(unread, Secret.Of(values.Token)) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("unread_count", (ref values) => ref values.Unread, new Integer(2))
        .InBinary((ref values) => ref values.Text, new Remark())
        .InJson("resume_token", (ref values) => ref values.Token, new Text(2)))
{
    private static readonly ExtendedLogInCodec OtherForm = new();

    public override OperationCodec? Extended => OtherForm;

    public override int RefusalPadding => sizeof(ushort);

    public override bool NeedsExtended(Request request) =>
        request.IsExtended
        || request is LogIn { Takeover: true } or LogIn { WantsToken: true }
        || request is LogIn logIn && (IsLong(logIn.Username) || IsLong(logIn.Password?.Value));

    public override bool NeedsExtended(Response response) =>
        response.IsExtended || response is LoggedIn { ResumeToken: not null };

    private static bool IsLong(string? text) => text is not null && Encoding.UTF8.GetByteCount(text) > byte.MaxValue;
}

/// <summary>The longer binary form of <c>login</c>: with options, and with room for long names and counts.</summary>
internal sealed class ExtendedLogInCodec() : OperationCodec<LogIn, LoggedIn>(
    Operation.LogIn, "login",
    new FieldTable<LogIn, (string? Username, string? Password, long? Options)>(
        request => (request.Username, request.Password?.Value,
            (request.Takeover ? Takeover : 0) | (request.WantsToken ? WantsToken : 0)),
        values => new(values.Username, Secret.Of(values.Password), (values.Options & Takeover) != 0,
            (values.Options & WantsToken) != 0)
        {
            IsExtended = true,
        })
        .InBinary((ref values) => ref values.Username, new Text(2))
        .InBinary((ref values) => ref values.Password, new Text(2))
        .InBinary((ref values) => ref values.Options, new Integer(1)),
    new FieldTable<LoggedIn, (long? Unread, string? Token)>(
        response => (response.UnreadCount, response.ResumeToken?.Value),
        values => new(values.Unread ?? 0, Secret.Of(values.Token)))
        .InBinary((ref values) => ref values.Unread, new Integer(8))
        .InBinary((ref values) => ref values.Token, new Text(2, isOptional: true)))
{
    private const long Takeover = 1, WantsToken = 2;

    public override byte Op => 21;
}
