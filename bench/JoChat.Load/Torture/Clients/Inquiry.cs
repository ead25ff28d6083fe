using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>One question at a time on a connection, for what comes before the torture and after it.</summary>
/// <param name="wire">The connection; nobody else reads it meanwhile.</param>
/// <param name="onEvent">Is given the events that come between answers.</param>
internal sealed class Inquiry(Wire wire, Func<ServerEvent, Task> onEvent)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // for a loaded machine; never a measure

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="IOException">The server closed the connection.</exception>
    public async Task<Response> AskAsync(Request request, CancellationToken cancellation)
    {
        await wire.WriteAsync(wire.Frame(request), cancellation);
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

    /// <summary>Asks for what must not be refused.</summary>
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
            if (wire.TryTake(out var message)) { return message; }
            if (!await wire.ReadMoreAsync(cancellation).WaitAsync(Patience, cancellation))
            {
                throw new IOException("the server closed the connection");
            }
        }
    }
}
