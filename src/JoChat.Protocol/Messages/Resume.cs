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
}

/// <summary>The connection is logged in.</summary>
/// <param name="Username">As whom, as signed up.</param>
/// <param name="UnreadCount">How many messages were sent while the account was away.</param>
public sealed record Resumed(string Username, long UnreadCount) : Response
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
    new FieldTable<Resumed, (string? Text, string? Username, long? Unread)>(
        response => ("Session resumed.", response.Username, response.UnreadCount),
        values => values is (_, { } username, { } unread) ? new(username, unread) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("username", (ref values) => ref values.Username, new Text(2))
        .Add("unread_count", (ref values) => ref values.Unread, new Integer(8)))
{
    private static readonly ExtendedResumeCodec OtherForm = new();

    public override OperationCodec? Extended => OtherForm;

    public override bool NeedsExtended(Request request) => request.IsExtended || request is Resume { Takeover: false };

    public override bool NeedsExtended(Response response) => response.IsExtended;
}

/// <summary>The binary form of <c>resume</c> with options.</summary>
internal sealed class ExtendedResumeCodec() : OperationCodec<Resume, Resumed>(
    Operation.Resume, "resume",
    new FieldTable<Resume, (string? Token, long? Options)>(
        request => (request.Token?.Value, request.Takeover ? Takeover : 0),
        values => new(Secret.Of(values.Token), (values.Options & Takeover) != 0) { IsExtended = true })
        .InBinary((ref values) => ref values.Token, new Text(2))
        .InBinary((ref values) => ref values.Options, new Integer(1)),
    new FieldTable<Resumed, (string? Username, long? Unread)>(
        response => (response.Username, response.UnreadCount),
        values => values is ({ } username, { } unread) ? new(username, unread) { IsExtended = true } : null)
        .InBinary((ref values) => ref values.Username, new Text(2))
        .InBinary((ref values) => ref values.Unread, new Integer(8)))
{
    private const long Takeover = 1;

    public override byte Op => 30;
}
