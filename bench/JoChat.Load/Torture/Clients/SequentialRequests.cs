using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>One request at a time on a connection, each awaited.</summary>
/// <param name="socket">The connection; nothing else may read it meanwhile.</param>
/// <param name="onEvent">Is given the events that arrive between responses.</param>
internal sealed class SequentialRequests(FrameSocket socket, Func<ServerEvent, Task> onEvent)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2); // for a loaded machine; never a measure

    /// <summary>Sends a request and awaits its response.</summary>
    /// <exception cref="IOException">The server closed the connection.</exception>
    public async Task<Response> AskAsync(Request request, CancellationToken cancellation)
    {
        await socket.WriteAsync(socket.Frame(request), cancellation);
        while (true)
        {
            switch (await NextAsync(cancellation))
            {
                case Response response: return response;
                case ServerEvent happened: await onEvent(happened); break;
                default: continue;
            }
        }
    }

    /// <summary>Sends a request that must not be refused.</summary>
    /// <exception cref="LoadFailedException">It was.</exception>
    public async Task<T> DemandAsync<T>(Request request, CancellationToken cancellation) where T : Response =>
        await AskAsync(request, cancellation) is var answer && answer is T done
            ? done
            : throw new LoadFailedException($"{request} was answered: {answer}");

    /// <summary>Waits for the next event.</summary>
    public async Task<ServerEvent> NextEventAsync(CancellationToken cancellation) =>
        await NextAsync(cancellation) as ServerEvent
            ?? throw new LoadFailedException("an answer that nobody asked for");

    private async Task<ServerMessage> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (socket.TryTake(out var message)) { return message; }
            if (!await socket.ReadMoreAsync(cancellation).WaitAsync(Timeout, cancellation))
            {
                throw new IOException("the server closed the connection");
            }
        }
    }
}
