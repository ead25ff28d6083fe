namespace JoChat.Cli.Chat;

/// <summary>Somebody is logged in.</summary>
/// <param name="Username">Who.</param>
/// <param name="Away">How many messages were sent while away.</param>
internal sealed record Login(string Username, long Away);
