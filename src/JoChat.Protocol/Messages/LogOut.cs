namespace JoChat.Protocol;

/// <summary><c>logout</c>: unbind this connection from its account; it may log in again, as anyone.</summary>
public sealed record LogOut : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.LogOut;
}

/// <summary>The connection is logged out.</summary>
public sealed record LoggedOut : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.LogOut;
}

internal sealed class LogOutCodec() : OperationCodec<LogOut, LoggedOut>(
    Operation.LogOut, "logout", new EmptyFields<LogOut>(),
    new EmptyFields<LoggedOut>("You have been logged out.", isOriginal: true));
