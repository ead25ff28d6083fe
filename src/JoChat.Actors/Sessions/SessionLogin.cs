using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>The account that a session is bound to.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">Its name.</param>
/// <param name="LiveAfter">The newest message there was at the login: the account's messages above it are live, the
/// others were sent while it was away. In a side session all were.</param>
/// <param name="Kept">The login whose resume token it came with or got; null if none.</param>
internal sealed record SessionLogin(AccountId Id, string Username, MessageId LiveAfter, LoginId? Kept);
