using System.Diagnostics.CodeAnalysis;

namespace JoChat.Protocol;

/// <summary><c>resume</c>: log in with the token that an earlier <c>login</c> returned. It costs the server no password
/// work.</summary>
/// <param name="Token">The token; null, empty or unknown is refused.</param>
/// <param name="Takeover">Whether to end the account's other session, if there is one, instead of being
/// refused.</param>
[SuppressMessage("Naming", "CA1716", Justification = "Resume is a keyword of Visual Basic alone.")]
public sealed record Resume(Secret? Token, bool Takeover = true) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Resume;

    /// <summary>Whether no other token may be told to who asks, though they rotate: the token came in a cookie, and is
    /// kept from the page's scripts. It is not on the wire.</summary>
    public bool IsByCookie { get; init; }
}

/// <summary>The connection is logged in.</summary>
/// <param name="Username">As whom, as signed up.</param>
/// <param name="UnreadCount">How many messages were sent while the account was away.</param>
/// <param name="ResumeToken">What the next <see cref="Resume"/> is to take; null without
/// <see cref="Features.Rotate"/>: then the token that was shown stays.</param>
public sealed record Resumed(string Username, long UnreadCount, Secret? ResumeToken = null) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Resume;
}

internal sealed class ResumeCodec() : OperationCodec<Resume, Resumed>(
    Operation.Resume, "resume",
    new FieldTable<Resume, (string? Token, bool? Takeover)>(
        request => (request.Token?.Value, request.Takeover ? null : false),
        values => new(Secret.Of(values.Token), values.Takeover ?? true))
        .Add("token", (ref values) => ref values.Token, new Text(2))
        .InJson("takeover", (ref values) => ref values.Takeover, new Flag()),
    new FieldTable<Resumed, (string? Text, string? Username, long? Unread, string? Token)>(
        response => ("Session resumed.", response.Username, response.UnreadCount, response.ResumeToken?.Value),
        values => values is (_, { } username, { } unread, var token) ? new(username, unread, Secret.Of(token)) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("username", (ref values) => ref values.Username, new Text(2))
        .Add("unread_count", (ref values) => ref values.Unread, new Integer(8))
        .InJson("resume_token", (ref values) => ref values.Token, new Text(2)))
{
    private static readonly ExtendedResumeCodec OtherForm = new();

    public override OperationCodec? Extended => OtherForm;

    public override bool NeedsExtended(Request request) => request.IsExtended || request is Resume { Takeover: false };

    public override bool NeedsExtended(Response response) =>
        response.IsExtended || response is Resumed { ResumeToken: not null };
}

/// <summary>The binary form of <c>resume</c> with options, and with a token in its answer.</summary>
internal sealed class ExtendedResumeCodec() : OperationCodec<Resume, Resumed>(
    Operation.Resume, "resume",
    new FieldTable<Resume, (string? Token, long? Options)>(
        request => (request.Token?.Value, request.Takeover ? Takeover : 0),
        values => new(Secret.Of(values.Token), (values.Options & Takeover) != 0) { IsExtended = true })
        .InBinary((ref values) => ref values.Token, new Text(2))
        .InBinary((ref values) => ref values.Options, new Integer(1)),
    new FieldTable<Resumed, (string? Username, long? Unread, string? Token)>(
        response => (response.Username, response.UnreadCount, response.ResumeToken?.Value),
        values => values is ({ } username, { } unread, var token)
            ? new(username, unread, Secret.Of(token)) { IsExtended = true } : null)
        .InBinary((ref values) => ref values.Username, new Text(2))
        .InBinary((ref values) => ref values.Unread, new Integer(8))
        .InBinary((ref values) => ref values.Token, new Text(2, isOptional: true)))
{
    private const long Takeover = 1;

    public override byte Op => 30;
}
