using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>Compares usernames as the server does.</summary>
internal static class Names
{
    /// <summary>What all spellings of one name have in common.</summary>
    public static string KeyOf(string username) =>
        Username.TryParse(username, out var name, out _) ? name.Key : username;

    public static bool AreSame(string one, string other) => KeyOf(one) == KeyOf(other);
}
