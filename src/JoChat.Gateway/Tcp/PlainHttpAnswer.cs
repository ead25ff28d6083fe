using System.Text;

namespace JoChat.Gateway;

/// <summary>What the chat port says to a web browser and other clients of HTTP.</summary>
internal static class PlainHttpAnswer
{
    /// <summary>One whole HTTP response.</summary>
    /// <param name="options">Say whether there is an HTTP port to point to, and whether it speaks TLS.</param>
    public static byte[] Write(GatewayOptions options)
    {
        var text = "This is the chat port of a JoChat server. It speaks the JoChat protocol, not HTTP.\n";
        if (options.Http is { Port: > 0 } http)
        {
            var scheme = options.Tls is null ? "HTTP" : "HTTPS";
            text += FormattableString.Invariant($"{scheme} is on port {http.Port}.\n");
        }
        return Encoding.ASCII.GetBytes(
            "HTTP/1.1 400 Bad Request\r\n" +
            "Content-Type: text/plain; charset=utf-8\r\n" +
            FormattableString.Invariant($"Content-Length: {text.Length}\r\n") +
            "Connection: close\r\n\r\n" + text);
    }
}
