using System.Buffers;
using System.IO.Pipelines;
using JoChat.ActorEngine;
using JoChat.Actors;
using JoChat.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace JoChat.Gateway;

/// <summary>The reading half of each client's connection: bytes to frames to requests, told to the connection's
/// session. It knows nothing of what a request means.</summary>
internal sealed class ClientConnectionHandler(ChatService chat, GatewayOptions options) : ConnectionHandler
{
    // A socket closed with unread bytes is reset, and a reset may overtake the answer that says why it was closed.
    private static readonly TimeSpan LongestDiscarding = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        KeepAlive.Enable(connection);
        var input = connection.Transport.Input;
        var client = new ClientConnection(
            connection.Transport.Output, options, input.CancelPendingRead, connection.Abort);

        // Asked to close by a stopping server: read no more, finish what was read.
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        var stopping = lifetime?.ConnectionClosedRequested ?? default;
        var session = await OpenSessionAsync(client, stopping);
        if (session is null) { return; }

        await using var registration = stopping.Register(input.CancelPendingRead);

        var last = await ReadRequestsAsync(input, client, session, stopping);
        await client.Closed;
        if (last is FrameStatus.TooLong) { await DiscardAsync(input); }
    }

    // Waited for even if the client is gone by now: a session that its connection does not know would not end with it.
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

    /// <summary>Reads until the client ends its input, the connection is to be closed, or a frame cannot be read; then
    /// tells the session so.</summary>
    private async Task<FrameStatus> ReadRequestsAsync(
        PipeReader input, ClientConnection client, IActorRef session, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(CancellationToken.None);
                var rest = read.Buffer;
                FrameStatus status;
                while ((status = ReadFrame(ref rest, out var body)) is FrameStatus.Complete)
                {
                    var fits = await client.Window.EnterAsync((int)body.Length);
                    if (!fits || stopping.IsCancellationRequested) { return status; }
                    session.Tell(JsonCodec.DecodeRequest(body));
                }
                input.AdvanceTo(rest.Start, rest.End);

                if (status is FrameStatus.TooLong && await client.Window.EnterAsync(0))
                {
                    session.Tell(Refusals.FrameTooLong(options.MaxFrameBytes));
                }
                if (status is FrameStatus.TooLong || read.IsCompleted || read.IsCanceled) { return status; }
            }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            return FrameStatus.Incomplete; // the same as the client's end
        }
        finally
        {
            session.Tell(InputEnded.Instance); // whatever happened: or its account would stay logged in
        }
    }

    private FrameStatus ReadFrame(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> body) =>
        FrameReader.Read(ref buffer, options.MaxFrameBytes, out body);

    private static async Task DiscardAsync(PipeReader input)
    {
        using var enough = new CancellationTokenSource(LongestDiscarding);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(enough.Token);
                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) { return; }
            }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            // Long enough, or nobody waits for the answer.
        }
    }
}
