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
