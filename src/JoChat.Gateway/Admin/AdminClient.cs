using System.Net.Sockets;
using System.Text.Json;
using JoChat.Actors;

namespace JoChat.Gateway;

/// <summary>Asks the server that runs, at its admin socket.</summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;

    /// <param name="path">Of the socket.</param>
    public AdminClient(string path)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) => await ConnectAsync(path, cancellation),
            UseProxy = false,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://jochat"), Timeout = Patience };
    }

    /// <summary>Has a command carried out.</summary>
    /// <param name="command">Its path.</param>
    /// <param name="request">What it needs.</param>
    /// <param name="progress">Is told how far it is, a second late.</param>
    /// <exception cref="OperatorException">It was not.</exception>
    public async Task<AdminAnswer> AskAsync(string command, AdminRequest request, Action<AdminAnswer>? progress = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, command)
        {
            Content = JsonContent.Create(request, options: AdminJson.Options),
        };
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            AdminAnswer? answer = null;
            while (await lines.ReadLineAsync() is { } line)
            {
                if (answer is not null) { progress?.Invoke(answer); }
                answer = JsonSerializer.Deserialize<AdminAnswer>(line, AdminJson.Options);
            }
            if (answer is null) { throw new OperatorException("the server's answer is empty"); }
            return answer.Fault is { } fault ? throw new OperatorException(fault) : answer;
        }
        catch (HttpRequestException fault) when (fault.InnerException is OperatorException told)
        {
            throw told;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            throw new OperatorException($"the server did not answer to the end: {fault.Message}", fault);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await AdminSocket.ConnectAsync(path, cancellation);
        }
        catch (SocketException fault)
        {
            throw new OperatorException(fault.SocketErrorCode is SocketError.AccessDenied
                ? $"you may not use the admin socket {path}: run this as the user whose server it is"
                : $"no server listens at the admin socket {path}: start it, or name its database with --db, or its socket with "
                    + "--set jochat.admin.socket=PATH", fault);
        }
    }
}
