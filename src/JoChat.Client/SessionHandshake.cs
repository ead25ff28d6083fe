using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>What a new connection exchanges before the program's own requests: <c>hello</c>, and the login
/// again.</summary>
internal static class SessionHandshake
{
    /// <summary>Sends <c>hello</c>, if the options ask for a feature that needs it.</summary>
    /// <exception cref="JoChatException">The server is busy or speaks another encoding only, or the connection is lost.
    /// </exception>
    public static async Task<ServerCapabilities> GreetAsync(
        Connection connection, JoChatClientOptions options, CancellationToken cancellation)
    {
        if (options.Features == Features.None) { return ServerCapabilities.Original; }

        var hello = new Hello(options.ClientName, options.Features);
        switch (await connection.AskAsync(hello, cancellation).ConfigureAwait(false))
        {
            case Welcome welcome:
                connection.StartHeartbeat();
                return new ServerCapabilities(welcome.Features, welcome.MaxFrameBytes, welcome.WindowMessages);
            case Refused { Code: ErrorCode.Busy or ErrorCode.StorageUnavailable or ErrorCode.Unsupported } refused:
                throw new RefusedException(refused.Code, refused.Text);
            default:
                return ServerCapabilities.Original; // it does not know hello, so it may refuse in any form
        }
    }

    /// <summary>Logs in again: by the resume token, or by the password if the token is no longer valid.</summary>
    /// <returns>The login with the token that is valid now.</returns>
    /// <exception cref="SessionEndedException">Neither is accepted any more.</exception>
    /// <exception cref="JoChatException">Not now: the server is busy, or the connection is lost.</exception>
    public static async Task<RenewableLogin> LogInAgainAsync(
        Connection connection,
        ServerCapabilities server,
        RenewableLogin login,
        bool wantsToken,
        CancellationToken cancellation)
    {
        if (login.IsSide && !server.IsSide)
        {
            // Another server, and an older one: there this login would take the account from its own session.
            throw new RefusedException(ErrorCode.Unsupported, "The server has no side sessions any more.");
        }
        var refusal = "This login is no longer valid: log in again.";
        try
        {
            if (server.IsReliable && await ResumeAsync(connection, login, cancellation).ConfigureAwait(false) is { } same)
            {
                return same;
            }
        }
        catch (RefusedException refused) when (refused.Code == ErrorCode.InvalidToken)
        {
            refusal = refused.Message;
        }
        if (login.Password is not { } password)
        {
            throw new SessionEndedException(SessionCloseReason.Revoked, refusal);
        }
        var request = new LogIn(login.Username, password, Takeover: server.IsReliable, wantsToken);
        return await connection.AskAsync(request, cancellation).ConfigureAwait(false) switch
        {
            LoggedIn answer => login with { Token = answer.ResumeToken },
            Refused { Code: ErrorCode.BadCredentials } refused =>
                throw new SessionEndedException(SessionCloseReason.Revoked, refused.Text),
            Refused refused => throw new RefusedException(refused.Code, refused.Text),
            var other => throw new ConnectionLostException($"The server answered a login with {other.Operation}."),
        };
    }

    // Null if there is no token.
    private static async Task<RenewableLogin?> ResumeAsync(
        Connection connection, RenewableLogin login, CancellationToken cancellation)
    {
        if (login.Kept is null)
        {
            return login.Token is { } token
                ? login with { Token = await RenewAsync(token).ConfigureAwait(false) }
                : null;
        }
        var newest = login.Token;
        try
        {
            var isKept = await login.Kept.RenewAsync(
                async kept => (newest = await RenewAsync(kept).ConfigureAwait(false)).Value, cancellation)
                .ConfigureAwait(false);
            return isKept ? login with { Token = newest } : null;
        }
        catch (IOException fault)
        {
            throw new ConnectionLostException(fault.Message, fault);
        }

        async Task<Secret> RenewAsync(Secret token) =>
            await connection.AskAsync(new Resume(token), cancellation).ConfigureAwait(false) switch
            {
                Resumed resumed => resumed.ResumeToken ?? token,
                Refused refused => throw new RefusedException(refused.Code, refused.Text),
                var other => throw new ConnectionLostException($"The server answered a resume with {other.Operation}."),
            };
    }
}
