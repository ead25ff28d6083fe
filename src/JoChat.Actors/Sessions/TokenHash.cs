using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>What is kept of a resume token: what all tokens of its login begin with, and its SHA-256, in hexadecimal. The
/// rest of the token has 160 bits of chance, so nothing slower is needed.</summary>
internal sealed record TokenHash(string Selector, string Hex)
{
    private const int SelectorBytes = 12, SecretBytes = 20;
    private const int SelectorCharacters = 16, TokenCharacters = 43; // of base64url without padding

    /// <summary>Makes the first token of a login, which is for the client alone, and its hash.</summary>
    public static (Secret Token, TokenHash Hash) New() =>
        NewOf(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SelectorBytes)));

    /// <summary>Makes another token of a login.</summary>
    public static (Secret Token, TokenHash Hash) NewOf(string selector)
    {
        var token = selector + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (new Secret(token), Of(token));
    }

    /// <summary>The hash of what a client says is its token.</summary>
    /// <returns>False if it has not the length of one.</returns>
    public static bool TryOf(Secret? token, [NotNullWhen(true)] out TokenHash? hash)
    {
        hash = token?.Value.Length == TokenCharacters ? Of(token.Value.Value) : null;
        return hash is not null;
    }

    public byte[] ToBytes() => Convert.FromHexString(Hex);

    /// <summary>As the store knows it. For tokens that are older than selectors, the beginning of the hash is one.
    /// </summary>
    public StoredToken ToStored() => new(ToBytes(), [Selector, Hex[..SelectorCharacters]]);

    private static TokenHash Of(string token) =>
        new(token[..SelectorCharacters], Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
}
