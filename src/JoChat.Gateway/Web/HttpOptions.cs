using System.Net;

namespace JoChat.Gateway;

/// <summary>The HTTP port, on which the web client is served and WebSocket clients come in.</summary>
internal sealed record HttpOptions
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 5580;

    /// <summary>Names and addresses by which browsers may address the port besides <c>localhost</c> and the address
    /// they reach it at, separated by commas, without a port: <c>chat.example.org</c>.</summary>
    public string AllowedHosts { get; init; } = string.Empty;

    /// <summary>Origins of web pages that may use the port besides its own, separated by commas, each as a browser
    /// writes it: <c>https://chat.example.org</c>.</summary>
    public string AllowedOrigins { get; init; } = string.Empty;
}
