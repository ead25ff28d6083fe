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

internal class LogInCodec() : OperationCodec<LogIn, LoggedIn>(Operation.LogIn, "login")
{
    private const string Text = "Login successful.";

    private static readonly ExtendedLogInCodec OtherForm = new();

    public override OperationCodec? Extended => OtherForm;

    public override int RefusalPadding => sizeof(ushort);

    public override LogIn ReadRequest(ref JsonInput data)
    {
        string? username = null, password = null;
        bool? takeover = null, wantsToken = null;
        while (data.NextMember())
        {
            if (data.Is("username"u8)) { username = data.TakeText(); }
            else if (data.Is("password"u8)) { password = data.TakeText(); }
            else if (data.Is("takeover"u8)) { takeover = data.TakeFlag(); }
            else if (data.Is("resume"u8)) { wantsToken = data.TakeFlag(); }
        }
        return new LogIn(username, Secret.Of(password), takeover ?? false, wantsToken ?? false);
    }

    public override LoggedIn? ReadResponse(ref JsonInput data)
    {
        long? unread = null;
        string? token = null;
        while (data.NextMember())
        {
            if (data.Is("unread_count"u8)) { unread = data.TakeInteger(); }
            else if (data.Is("resume_token"u8)) { token = data.TakeText(); }
        }
        return unread is { } count ? new LoggedIn(count, Secret.Of(token)) : null;
    }

    protected override void Write(LogIn request, JsonOutput data)
    {
        data.Member("username"u8, request.Username);
        data.Member("password"u8, request.Password?.Value);
        if (request.Takeover) { data.Member("takeover"u8, true); }
        if (request.WantsToken) { data.Member("resume"u8, true); }
    }

    protected override void Write(LoggedIn response, JsonOutput data)
    {
        data.Member("msg"u8, Text);
        data.Member("unread_count"u8, response.UnreadCount);
        data.Member("resume_token"u8, response.ResumeToken?.Value);
    }

    public override LogIn ReadRequest(ref BinaryInput input) => new(input.TakeText8(), new Secret(input.TakeText8()));

    public override LoggedIn? ReadResponse(ref BinaryInput input)
    {
        var unread = input.TakeUInt16();
        _ = input.TakeText8();
        return new LoggedIn(unread);
    }

    public override bool NeedsExtended(Request request) =>
        request.IsExtended
        || request is LogIn { Takeover: true } or LogIn { WantsToken: true }
        || request is LogIn logIn && (IsLong(logIn.Username) || IsLong(logIn.Password?.Value));

    public override bool NeedsExtended(Response response) =>
        response.IsExtended || response is LoggedIn { ResumeToken: not null };

    protected override void Write(LogIn request, BinaryOutput output)
    {
        output.Text8(request.Username);
        output.Text8(request.Password?.Value);
    }

    protected override void Write(LoggedIn response, BinaryOutput output)
    {
        output.UInt16(response.UnreadCount);
        output.Text8(Text);
    }

    private static bool IsLong(string? text) => text is not null && Encoding.UTF8.GetByteCount(text) > byte.MaxValue;
}
