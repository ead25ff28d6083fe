using System.Globalization;
using JoChat.Cli.Display;

namespace JoChat.Cli;

/// <summary>Where a server listens, as people write it: <c>HOST</c>, <c>HOST:PORT</c>, an IPv6 address, or
/// <c>[IPV6]:PORT</c>.</summary>
/// <param name="Host">A name or address, without brackets.</param>
/// <param name="Port">1 to 65,535; null if it is not written.</param>
internal readonly record struct ServerAddress(string Host, int? Port)
{
    /// <summary>Reads an address.</summary>
    /// <exception cref="CommandFailedException">It is none.</exception>
    public static ServerAddress Parse(string text)
    {
        // What has a slash is a URL, which names no port where one would look for it.
        var (host, port) = text.Contains('/') ? ("", null) : Split(text);
        var isAddress = text.StartsWith('[') || host.Contains(':');
        var kind = Uri.CheckHostName(host);
        if (host.Length is 0 or > 255 || host.Contains('\uFFFD') || host.EnumerateRunes().Any(SafeText.IsUnsafe)
            || (isAddress ? kind != UriHostNameType.IPv6 : kind is not (UriHostNameType.Dns or UriHostNameType.IPv4)))
        {
            throw new CommandFailedException($"\"{text}\" is no server: write HOST, HOST:PORT or [IPV6-ADDRESS]:PORT.");
        }
        return new ServerAddress(host, port is null ? null : ParsePort(text, port));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var host = Host.Contains(':') ? $"[{Host}]" : Host;
        return Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : host;
    }

    private static int ParsePort(string text, string port)
    {
        try
        {
            return WholeNumber.Parse(port, least: 1, most: 65_535);
        }
        catch (CommandFailedException fault)
        {
            throw new CommandFailedException($"the port in \"{text}\" {fault.Message}");
        }
    }

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']') is > 0 and var end)
        {
            var behind = text[(end + 1)..];
            return behind.Length == 0 || behind[0] == ':'
                ? (text[1..end], behind.Length == 0 ? null : behind[1..])
                : ("", null);
        }
        var colon = text.IndexOf(':');
        return colon < 0 || colon != text.LastIndexOf(':') ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
