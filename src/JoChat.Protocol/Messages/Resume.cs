using System.Diagnostics.CodeAnalysis;

namespace JoChat.Protocol;

/// <summary><c>resume</c>: log in with the token that an earlier <c>login</c> returned. It costs the server no password
/// work, and it ends the account's other session if there is one.</summary>
/// <param name="Token">The token; null, empty or unknown is refused.</param>
[SuppressMessage("Naming", "CA1716", Justification = "Resume is a keyword of Visual Basic alone.")]
public sealed record Resume(Secret? Token) : Request
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
    new FieldTable<Resume, string?>(request => request.Token?.Value, token => new(Secret.Of(token)))
        .Add("token", (ref token) => ref token, new Text(2)),
    new FieldTable<Resumed, (string? Text, string? Username, long? Unread)>(
        response => ("Session resumed.", response.Username, response.UnreadCount),
        values => values is (_, { } username, { } unread) ? new(username, unread) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("username", (ref values) => ref values.Username, new Text(2))
        .Add("unread_count", (ref values) => ref values.Unread, new Integer(8)));
