using System.IO.Pipelines;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>A connection of one request, without a socket: its answer is kept here. So an HTTP request is served as
/// every other, by a session of its own.</summary>
/// <param name="request">The request.</param>
/// <param name="address">Who asks.</param>
/// <param name="aborted">Nobody waits for the answer any more.</param>
internal sealed class OneRequestTransport(Request request, ClientAddress address, CancellationToken aborted)
    : IClientTransport
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer, once the connection is closed; null if the server stopped before there was one.</summary>
    public Response? Answer { get; private set; }

    /// <inheritdoc/>
    public SpokenProtocols? Setting => SpokenProtocols.Json;

    /// <inheritdoc/>
    public Admission Admission { get; } = new(address, limit: null, cut: () => { }); // that of the page is counted

    /// <inheritdoc/>
    public async Task ReadRequestsAsync(ClientConnection client)
    {
        await client.TellAsync(request, size: 0);
        await _stopped.Task.WaitAsync(aborted);
    }

    /// <inheritdoc/>
    public void StopReading() => _stopped.TrySetResult();

    /// <inheritdoc/>
    public void Write(ServerMessage message, OutputBuffer waiting)
    {
        Answer ??= message as Response;
        if (Answer is not null) { StopReading(); }
    }

    /// <inheritdoc/>
    public void Take(OutputBuffer waiting) { }

    /// <inheritdoc/>
    public ValueTask<FlushResult> FlushAsync() => default;

    /// <inheritdoc/>
    public void Abort() { }
}
