using System.Security.Cryptography;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>The hash that is sent as the password, as the original client does: the lower-case hex SHA-256 of its
/// UTF-8. It keeps the typed text from the server; the slow salted hash is the server's work.</summary>
internal static class PasswordHash
{
    /// <summary>Hashes a password.</summary>
    /// <param name="password">As typed. An empty one stays empty, so that the server refuses it.</param>
    public static Secret Of(Secret password) =>
        password.Value.Length == 0
            ? password
            : new Secret(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password.Value))));
}
