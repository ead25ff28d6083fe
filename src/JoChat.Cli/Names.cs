using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>Compares usernames as the server does.</summary>
internal static class Names
{
    /// <summary>What all spellings of one name have in common.</summary>
    public static string KeyOf(string username) =>
        Username.TryParse(username, out var name, out _) ? name.Key : username;

    /// <summary>Which rule for new names this one breaks, for people; null if none that is known here. The server has
    /// the last word.</summary>
    public static string? FaultOfNew(string username) =>
        Username.TryParse(username, out var name, out var fault) ? NewUsername.FindFault(name) : fault;

    public static bool AreSame(string one, string other) => KeyOf(one) == KeyOf(other);
}
