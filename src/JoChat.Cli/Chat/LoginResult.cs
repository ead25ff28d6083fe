namespace JoChat.Cli.Chat;

/// <summary>The account that is logged in.</summary>
/// <param name="Username">Its username.</param>
/// <param name="Away">How many messages were undelivered at the login.</param>
internal sealed record LoginResult(string Username, long Away);
