using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>The account that is logged in, with the credentials to log in again on the next connection.</summary>
/// <param name="Username">Whose account.</param>
/// <param name="Password">The hash that is sent as the password; null if the login was by token.</param>
/// <param name="Token">The resume token; null if the server gave none or has revoked it.</param>
/// <param name="IsSide">Whether it is a side session, which must never come back as the account's own.</param>
/// <param name="Kept">Where the token is kept that is used instead of <paramref name="Token"/>; null: nowhere
/// else.</param>
internal sealed record RenewableLogin(
    string Username, Secret? Password, Secret? Token, bool IsSide, IKeptToken? Kept = null);
