using System.Globalization;
using System.Text.Json;
using JoChat.Cli.State;

namespace JoChat.Cli.Tls;

/// <summary>The servers whose certificates a person has accepted: a file with the fingerprint of each.</summary>
/// <param name="state">Where it is kept; null: nowhere.</param>
internal sealed class KnownServers(StateFolder? state)
{
    private const string FileName = "known-servers.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Where the file is or would be; null: nowhere.</summary>
    public string? Path => state?.PathOf(FileName);

    /// <summary>How a server is written in the file.</summary>
    public static string NameOf(string host, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host.ToLowerInvariant())}:{port}");

    /// <summary>The fingerprint of a server's certificate; null if it is not known.</summary>
    /// <exception cref="CommandFailedException">The file is damaged.</exception>
    public string? Find(string host, int port) => Read().GetValueOrDefault(NameOf(host, port));

    /// <summary>Remembers a certificate.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(string host, int port, string fingerprint)
    {
        var known = Read();
        known[NameOf(host, port)] = fingerprint;
        state?.Write(FileName, JsonSerializer.Serialize(known, Readable) + "\n");
    }

    // To begin anew would let everybody in who waits for that.
    private SortedDictionary<string, string> Read()
    {
        try
        {
            return state?.Read(FileName) is { } text
                ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(text) ?? []
                : [];
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            throw new CommandFailedException(
                $"The certificates of known servers cannot be read: mend or delete {Path}.", ExitCode.Refused);
        }
    }
}
