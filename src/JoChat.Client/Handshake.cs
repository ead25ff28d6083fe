using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>What is said on a new connection before the program's requests.</summary>
internal static class Handshake
{
    /// <summary>Says hello, if the options ask for anything that needs it.</summary>
    /// <exception cref="JoChatException">The server has no time for us, or is gone.</exception>
    public static async Task<Server> GreetAsync(
        Connection connection, JoChatClientOptions options, CancellationToken cancellation)
    {
        if (options.Features == Features.None) { return Server.Original; }

        var hello = new Hello(options.ClientName, options.Features);
        switch (await connection.AskAsync(hello, cancellation).ConfigureAwait(false))
        {
            case Welcome welcome:
                connection.WatchSilence();
                return new Server(welcome.Features, welcome.MaxFrameBytes, welcome.WindowMessages);
            case Refused { Code: ErrorCode.Busy or ErrorCode.StorageUnavailable } later:
                throw new RefusedException(later.Code, later.Text);
            default:
                return Server.Original; // it does not know hello, so its refusal may have any form
        }
    }

    /// <summary>Logs in again: by the token, and if it is no longer good, by the password.</summary>
    /// <returns>The login with the token that is good now.</returns>
    /// <exception cref="SessionEndedException">Neither will ever be taken.</exception>
    /// <exception cref="JoChatException">Not now: the server has no time for us, or is gone.</exception>
    public static async Task<Login> ReturnAsync(
        Connection connection, Server server, Login login, CancellationToken cancellation)
    {
        var refusal = "There is no password to log in with again.";
        if (login.Token is { } token && server.IsReliable)
        {
            switch (await connection.AskAsync(new Resume(token), cancellation).ConfigureAwait(false))
            {
                case Refused { Code: ErrorCode.InvalidToken } refused: refusal = refused.Text; break;
                case Refused refused: throw new RefusedException(refused.Code, refused.Text);
                default: return login;
            }
        }
        if (login.Password is not { } password)
        {
            throw new SessionEndedException(SessionCloseReason.Revoked, refusal);
        }
        var request = new LogIn(login.Username, password, Takeover: server.IsReliable, WantsToken: server.IsReliable);
        return await connection.AskAsync(request, cancellation).ConfigureAwait(false) switch
        {
            LoggedIn answer => login with { Token = answer.ResumeToken },
            Refused { Code: ErrorCode.BadCredentials } refused =>
                throw new SessionEndedException(SessionCloseReason.Revoked, refused.Text),
            Refused refused => throw new RefusedException(refused.Code, refused.Text),
            var other => throw new ConnectionLostException($"The server answered a login with {other.Operation}."),
        };
    }
}
