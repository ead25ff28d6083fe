using System.Net;

namespace JoChat.Gateway;

/// <summary>The HTTP port, on which WebSocket clients come in.</summary>
internal sealed record HttpOptions
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 5580;

    /// <summary>Origins of web pages that may open a WebSocket besides those of this very port, separated by commas,
    /// each as a browser writes it: <c>https://chat.example.org</c>.</summary>
    public string AllowedOrigins { get; init; } = string.Empty;
}
