using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace JoChat.Gateway;

/// <summary>One file of the web client, in each of the forms in which it is sent. Nothing is compressed before somebody
/// asks for it, and then once.</summary>
internal sealed class PageFile
{
    private readonly PageBody _plain;
    private readonly Lazy<PageBody> _brotli;
    private readonly Lazy<PageBody> _gzip;

    /// <param name="bytes">Its content.</param>
    /// <param name="contentType">What it is.</param>
    public PageFile(byte[] bytes, string contentType)
    {
        ContentType = contentType;
        var version = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        _plain = new PageBody(bytes, Encoding: null, Tag(version));
        _brotli = Lazily("br", output => new BrotliStream(output, CompressionLevel.SmallestSize));
        _gzip = Lazily("gzip", output => new GZipStream(output, CompressionLevel.SmallestSize));

        Lazy<PageBody> Lazily(string encoding, Func<Stream, Stream> encoder) =>
            new(() => new PageBody(Compress(bytes, encoder), encoding, Tag($"{version}-{encoding}")));
    }

    /// <summary>The header <c>Content-Type</c>.</summary>
    public string ContentType { get; }

    /// <summary>The smallest form that a client can read.</summary>
    /// <param name="accepted">Its <c>Accept-Encoding</c>.</param>
    public PageBody For(IList<StringWithQualityHeaderValue> accepted) =>
        Accepts(accepted, "br") ? _brotli.Value
        : Accepts(accepted, "gzip") ? _gzip.Value
        : _plain;

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);

    // One for each encoding: a strong tag stands for the very bytes.
    private static EntityTagHeaderValue Tag(string version) => new($"\"{version}\"");

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> encoder)
    {
        var output = new MemoryStream();
        using (var stream = encoder(output)) { stream.Write(bytes); }
        return output.ToArray();
    }
}

/// <summary>One form of a file.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="Encoding">The header <c>Content-Encoding</c>; null if there is none.</param>
/// <param name="Tag">The header <c>ETag</c>.</param>
internal sealed record PageBody(byte[] Bytes, string? Encoding, EntityTagHeaderValue Tag);
