using JoChat.Cli.State;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary>What a verb logs in with.</summary>
/// <param name="Username">Whose account.</param>
/// <param name="Password">The password; null if only a token is known.</param>
/// <param name="Kept">The login that is kept; null if a password was given.</param>
internal sealed record Access(string Username, Secret? Password, KeptLogin? Kept)
{
    public static Access Of(Credentials credentials) => new(credentials.Username, credentials.Password, Kept: null);
}
