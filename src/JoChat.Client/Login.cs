using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>Whom to be logged in as, and how to be so again on another connection.</summary>
/// <param name="Username">Whose account.</param>
/// <param name="Password">What travels in the password's place; null if only a token was ever given.</param>
/// <param name="Token">The resume token; null if the server gave none, or has revoked it.</param>
internal sealed record Login(string Username, Secret? Password, Secret? Token);
