using System.Text;

namespace JoChat.Gateway;

/// <summary>What the chat port says to a web browser and other clients of HTTP.</summary>
internal static class PlainHttpAnswer
{
    /// <summary>One whole HTTP response.</summary>
    /// <param name="http">The HTTP port to point to; null if there is none.</param>
    public static byte[] Write(HttpOptions? http)
    {
        var text = "This is the chat port of a JoChat server. It speaks the JoChat protocol, not HTTP.\n";
        if (http is { Port: > 0 }) { text += FormattableString.Invariant($"HTTP is on port {http.Port}.\n"); }
        return Encoding.ASCII.GetBytes(
            "HTTP/1.1 400 Bad Request\r\n" +
            "Content-Type: text/plain; charset=utf-8\r\n" +
            FormattableString.Invariant($"Content-Length: {text.Length}\r\n") +
            "Connection: close\r\n\r\n" + text);
    }
}
