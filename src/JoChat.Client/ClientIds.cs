using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace JoChat.Client;

/// <summary>Generates client ids: a random prefix and an ascending number, so that the ids of one client are neighbours
/// in the server's index.</summary>
internal sealed class ClientIds
{
    private const int PrefixBytes = 12;

    private readonly string _prefix = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PrefixBytes));
    private long _last;

    /// <summary>A new id, unique over all clients.</summary>
    public string Next() => string.Create(
        CultureInfo.InvariantCulture, $"{_prefix}-{Interlocked.Increment(ref _last):x8}");
}
