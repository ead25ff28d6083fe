using System.IO.Pipelines;
using Akka.Actor;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Serves clients once it is known what they speak, whatever the transport: opens a session for each and has
/// its requests told to it. It knows nothing of what a request means.</summary>
internal sealed class RequestPump(
    ChatService chat, Changeable<GatewayOptions> options, MemoryBudget memory, GatewayMetrics? metrics = null)
{
    private readonly ConnectionServices _services = new(options, memory, metrics?.Requests);

    /// <summary>Serves one client until all its answers are written. It may still be sending then.</summary>
    /// <param name="transport">The client; nothing of it is read yet.</param>
    /// <param name="stopping">Read no more, finish what was read.</param>
    public Task ServeAsync(IClientTransport transport, CancellationToken stopping)
    {
        var spoken = options.Value.Protocol;
        var isAllowed = spoken is SpokenProtocols.Auto || spoken == transport.Setting;
        if (isAllowed) { return ServeAsync(new ClientConnection(transport, _services), stopping); }
        var name = spoken is SpokenProtocols.Json ? "JSON" : "binary";
        return RefuseAsync(transport, $"This server speaks only {name} (jochat.gateway.protocol).");
    }

    /// <summary>Tells a client why it is not served, in its own encoding and framing, or it could not read
    /// that.</summary>
    public Task RefuseAsync(IClientTransport transport, string text)
    {
        metrics?.Refusals.Add(ConnectionRefusal.Protocol);
        var client = new ClientConnection(transport, _services);
        client.Refuse(new Refused(Operation.Unknown, ErrorCode.Unsupported, text));
        return client.Closed;
    }

    /// <summary>Drops what a client still sends, until it ends or for at most so long.</summary>
    public static async Task DiscardAsync(PipeReader input, TimeSpan longest)
    {
        using var enough = new CancellationTokenSource(longest);
        await DiscardAsync(input, enough.Token);
    }

    /// <summary>Drops what a client still sends, until it ends or that is enough.</summary>
    public static async Task DiscardAsync(PipeReader input, CancellationToken enough)
    {
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(enough);
                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) { return; }
            }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            // Long enough, or nobody waits for the answer.
        }
    }

    private async Task ServeAsync(ClientConnection client, CancellationToken stopping)
    {
        if (await OpenSessionAsync(client, stopping) is { } session) { await ServeAsync(client, session, stopping); }
        client.Memory.Forget();
    }

    private static async Task ServeAsync(ClientConnection client, IActorRef session, CancellationToken stopping)
    {
        await using var registration = stopping.UnsafeRegister(
            static client => ((ClientConnection)client!).StopReading(), client);
        var ended = InputEnded.Cut;
        try
        {
            await client.ReadRequestsAsync();
            ended = InputEnded.Instance;
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault)) { } // the client is gone
        finally
        {
            // Whatever has happened, or the account would stay logged in.
            session.Tell(stopping.IsCancellationRequested ? InputEnded.ByServer : ended, ActorRefs.NoSender);
        }
        await client.Closed;
    }

    // Awaited even if the client is gone by now, or nobody would end the session.
    private async Task<IActorRef?> OpenSessionAsync(ClientConnection client, CancellationToken stopping)
    {
        try
        {
            var session = await chat.OpenSessionAsync(client, stopping);
            client.BindTo(session);
            return session;
        }
        catch (OperationCanceledException)
        {
            return null; // the server stops, and all sessions with it
        }
    }
}
