using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace JoChat.Client;

/// <summary>Makes what this client calls its messages: a prefix that no other client has, and a number that rises, so
/// that the ids of one client lie side by side in the server's index.</summary>
internal sealed class ClientIds
{
    private const int PrefixBytes = 12;

    private readonly string _prefix = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PrefixBytes));
    private long _last;

    /// <summary>An id that was never made before.</summary>
    public string Next() => string.Create(
        CultureInfo.InvariantCulture, $"{_prefix}-{Interlocked.Increment(ref _last):x8}");
}
