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

internal sealed class ResumeCodec() : OperationCodec<Resume, Resumed>(Operation.Resume, "resume")
{
    public override Resume ReadRequest(ref JsonInput data)
    {
        string? token = null;
        while (data.NextMember())
        {
            if (data.Is("token"u8)) { token = data.TakeText(); }
        }
        return new Resume(Secret.Of(token));
    }

    public override Resumed? ReadResponse(ref JsonInput data)
    {
        string? username = null;
        long? unread = null;
        while (data.NextMember())
        {
            if (data.Is("username"u8)) { username = data.TakeText(); }
            else if (data.Is("unread_count"u8)) { unread = data.TakeInteger(); }
        }
        return username is not null && unread is { } count ? new Resumed(username, count) : null;
    }

    protected override void Write(Resume request, JsonOutput data) => data.Member("token"u8, request.Token?.Value);

    protected override void Write(Resumed response, JsonOutput data)
    {
        data.Member("msg"u8, "Session resumed.");
        data.Member("username"u8, response.Username);
        data.Member("unread_count"u8, response.UnreadCount);
    }

    public override Resume ReadRequest(ref BinaryInput input) => new(new Secret(input.TakeText16()));

    public override Resumed? ReadResponse(ref BinaryInput input) => new(input.TakeText16(), input.TakeUInt64());

    protected override void Write(Resume request, BinaryOutput output) => output.Text16(request.Token?.Value);

    protected override void Write(Resumed response, BinaryOutput output)
    {
        output.Text16(response.Username);
        output.UInt64(response.UnreadCount);
    }
}
