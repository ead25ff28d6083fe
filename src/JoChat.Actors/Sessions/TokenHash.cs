using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>What is kept of a resume token: its SHA-256, in hexadecimal. The token has 256 bits of chance, so nothing
/// slower is needed.</summary>
internal sealed record TokenHash(string Hex)
{
    private const int TokenBytes = 32;
    private const int TokenCharacters = 43; // of base64url without padding

    /// <summary>Makes a token, which is for the client alone, and its hash.</summary>
    public static (Secret Token, TokenHash Hash) New()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
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

    private static TokenHash Of(string token) =>
        new(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
}
