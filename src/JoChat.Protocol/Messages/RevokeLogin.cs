namespace JoChat.Protocol;

/// <summary><c>revoke</c>: end one of my logins. Its tokens are dead, and the sessions that hang on it end.</summary>
/// <param name="Login">Which, as <c>sessions</c> lists it; null is refused.</param>
public sealed record RevokeLogin(long? Login) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.RevokeLogin;
}

/// <summary>The login is revoked, durably, and its sessions have ended.</summary>
/// <param name="IsOwn">Whether it was that of this session, which goes on as a guest.</param>
public sealed record LoginRevoked(bool IsOwn) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.RevokeLogin;
}

internal sealed class RevokeLoginCodec() : OperationCodec<RevokeLogin, LoginRevoked>(
    Operation.RevokeLogin, "revoke",
    new FieldTable<RevokeLogin, long?>(request => request.Login, login => new(login))
        .Add("session", (ref login) => ref login, new Integer(8, isOptional: true)),
    new FieldTable<LoginRevoked, (string? Text, bool? IsOwn)>(
        response => ("Session revoked.", response.IsOwn),
        values => values.IsOwn is { } isOwn ? new(isOwn) : null)
        .InJson("msg", (ref values) => ref values.Text, new Remark())
        .Add("own", (ref values) => ref values.IsOwn, new Flag()));
