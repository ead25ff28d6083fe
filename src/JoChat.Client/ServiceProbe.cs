using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace JoChat.Client;

/// <summary>Finds out what a server is that has said nothing to a JoChat client: many services are silent until they
/// are spoken to in their own protocol.</summary>
internal static class ServiceProbe
{
    private const int EnoughBytes = 1024;

    // To HTTP on its chat port. The web page's port is another, and its answer says JoChat as well.
    private const string WhatJoChatSays = "the chat port of a JoChat server";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Asks the server on connections of its own; nothing secret is sent.</summary>
    /// <param name="options">Where.</param>
    /// <param name="insideTls">Whether the server is known to speak TLS, so that it is asked inside.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <returns>A sentence for people; null if it cannot be found out.</returns>
    public static async Task<string?> ExplainAsync(
        JoChatClientOptions options, bool insideTls, CancellationToken cancellation)
    {
        var answer = await TryAsync(options, insideTls, AskHttpAsync, cancellation).ConfigureAwait(false);
        if (answer is { Length: > 0 })
        {
            var isJoChat = Encoding.ASCII.GetString(answer).Contains(WhatJoChatSays, StringComparison.Ordinal);
            if (isJoChat && options.UseTls && !insideTls)
            {
                return $"The JoChat server at {options.Where()} has no certificate. Connect to it without TLS.";
            }
            ServiceNames.TryRecognise(answer, isAll: true, options, out var sentence);
            return isJoChat ? null : sentence;
        }
        if (!options.UseTls && await TryAsync(options, insideTls: true, SayNothingAsync, cancellation)
            .ConfigureAwait(false) is not null)
        {
            return ServiceNames.Describe(options, ServiceNames.Tls);
        }
        return null;
    }

    // Null if there was no connection.
    private static async Task<byte[]?> TryAsync(
        JoChatClientOptions options,
        bool insideTls,
        Func<Stream, CancellationToken, Task<byte[]>> ask,
        CancellationToken cancellation)
    {
        var patience = options.ConnectTimeout < LongestWait ? options.ConnectTimeout : LongestWait;
        using var timeout = new CancellationTokenSource(patience, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(options.Host, options.Port, either.Token).ConfigureAwait(false);
            using var plain = new NetworkStream(socket);
            if (!insideTls) { return await ask(plain, either.Token).ConfigureAwait(false); }
            using var secure = new SslStream(plain);
            var terms = new SslClientAuthenticationOptions
            {
                TargetHost = options.Host,
                // Whoever it is: it is told nothing.
                RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
            };
            await secure.AuthenticateAsClientAsync(terms, either.Token).ConfigureAwait(false);
            return await ask(secure, either.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (
            fault is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static Task<byte[]> SayNothingAsync(Stream stream, CancellationToken cancellation) =>
        Task.FromResult<byte[]>([]);

    // The question of HTTP ends lines, so that services that wait for the end of one answer too.
    private static async Task<byte[]> AskHttpAsync(Stream stream, CancellationToken cancellation)
    {
        var answer = new byte[EnoughBytes];
        var length = 0;
        try
        {
            await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), cancellation).ConfigureAwait(false);
            while (length < answer.Length)
            {
                var read = await stream.ReadAsync(answer.AsMemory(length), cancellation).ConfigureAwait(false);
                if (read == 0) { break; }
                length += read;
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // What came before is enough.
        }
        return answer[..length];
    }
}
