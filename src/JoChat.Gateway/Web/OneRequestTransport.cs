using System.IO.Pipelines;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>A connection of one request, without a socket: its answer is kept here. So an HTTP request is served as
/// every other, by a session of its own.</summary>
internal sealed class OneRequestTransport(Request request) : IClientTransport
{
    /// <summary>The answer, once the connection is closed; null if the server stopped before there was one.</summary>
    public Response? Answer { get; private set; }

    /// <inheritdoc/>
    public SpokenProtocols? Setting => SpokenProtocols.Json;

    /// <inheritdoc/>
    public async Task ReadRequestsAsync(ClientConnection client) => await client.TellAsync(request, size: 0);

    /// <inheritdoc/>
    public void StopReading() { }

    /// <inheritdoc/>
    public void Write(ServerMessage message, OutputBuffer waiting) => Answer ??= message as Response;

    /// <inheritdoc/>
    public void Take(OutputBuffer waiting) { }

    /// <inheritdoc/>
    public ValueTask<FlushResult> FlushAsync() => default;

    /// <inheritdoc/>
    public void Abort() { }
}
