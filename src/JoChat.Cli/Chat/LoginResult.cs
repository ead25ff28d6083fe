namespace JoChat.Cli.Chat;

/// <summary>The account that is logged in.</summary>
/// <param name="Username">Its username.</param>
/// <param name="Away">How many messages were undelivered at the login.</param>
internal sealed record LoginResult(string Username, long Away)
{
    /// <summary>Whether it was by a login that is kept: leaving the chat does not end that, logging out does.</summary>
    public bool IsKept { get; init; }
}
