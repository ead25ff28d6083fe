using System.Security.Cryptography;
using System.Text;

namespace JoChat.Protocol;

/// <summary>What clients send as a password, as the original client does: the lower-case hex SHA-256 of its UTF-8. It keeps
/// the typed text from the server; the slow salted hash is the server's work.</summary>
public static class SentPassword
{
    /// <summary>What is sent for a password.</summary>
    /// <param name="typed">As typed. In Unicode form C, because one keyboard composes an é and another does not.</param>
    public static Secret Of(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return OfForm(typed.Normalize(NormalizationForm.FormC));
    }

    /// <summary>The same in the form that it has. An empty one stays empty, so that the server refuses it.</summary>
    public static Secret OfForm(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return new Secret(typed.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(typed))));
    }
}
