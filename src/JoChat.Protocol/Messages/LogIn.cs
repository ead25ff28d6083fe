namespace JoChat.Protocol;

/// <summary><c>login</c>: bind this connection to an account.</summary>
/// <param name="Username">Whose account; null or empty is refused.</param>
/// <param name="Password">The secret given at sign-up; null or empty is refused.</param>
public sealed record LogIn(string? Username, Secret? Password) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.LogIn;
}

/// <summary>The connection is logged in.</summary>
/// <param name="UnreadCount">How many messages were sent while the account was away.</param>
public sealed record LoggedIn(long UnreadCount) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.LogIn;
}

internal sealed class LogInCodec() : OperationCodec<LogIn, LoggedIn>(Operation.LogIn, "login")
{
    public override LogIn ReadRequest(ref JsonInput data)
    {
        string? username = null, password = null;
        while (data.NextMember())
        {
            if (data.Is("username"u8)) { username = data.TakeText(); }
            else if (data.Is("password"u8)) { password = data.TakeText(); }
        }
        return new LogIn(username, password is null ? null : new Secret(password));
    }

    public override LoggedIn? ReadResponse(ref JsonInput data)
    {
        long? unread = null;
        while (data.NextMember())
        {
            if (data.Is("unread_count"u8)) { unread = data.TakeInteger(); }
        }
        return unread is { } count ? new LoggedIn(count) : null;
    }

    protected override void Write(LogIn request, JsonOutput data)
    {
        data.Member("username"u8, request.Username);
        data.Member("password"u8, request.Password?.Value);
    }

    protected override void Write(LoggedIn response, JsonOutput data)
    {
        data.Member("msg"u8, "Login successful.");
        data.Member("unread_count"u8, response.UnreadCount);
    }
}
