using System.IO.Pipelines;
using Akka.Actor;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Serves clients once it is known what they speak, whatever the transport: reads requests and tells them to
/// the connection's session. It knows nothing of what a request means.</summary>
internal sealed class RequestPump(ChatService chat, GatewayOptions options)
{
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(1);

    /// <summary>Serves one client until all its answers are written. It may still be sending then.</summary>
    /// <param name="transport">What it sends, from the first byte on, and where its answers go.</param>
    /// <param name="format">What it speaks.</param>
    /// <param name="abort">Cuts the connection.</param>
    /// <param name="stopping">Read no more, finish what was read.</param>
    /// <returns>How its input ended: Broken if it was for something that was not understood.</returns>
    public Task<ReadStatus> ServeAsync(
        IDuplexPipe transport, WireFormat format, Action abort, CancellationToken stopping) =>
        format.IsAllowedBy(options.Protocol)
            ? ServeAsync(new ClientConnection(transport, format, options, abort), stopping)
            : RefuseAsync(transport.Output, format);

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

    private async Task<ReadStatus> ServeAsync(ClientConnection client, CancellationToken stopping)
    {
        var session = await OpenSessionAsync(client, stopping);
        if (session is null) { return ReadStatus.Incomplete; }

        await using var registration = stopping.UnsafeRegister(
            static client => ((ClientConnection)client!).StopReading(), client);

        var last = await ReadRequestsAsync(client, session, stopping);
        await client.Closed;
        return last;
    }

    // In the client's own form, or it could not read why.
    private async Task<ReadStatus> RefuseAsync(PipeWriter output, WireFormat format)
    {
        var name = options.Protocol is SpokenProtocols.Json ? "JSON" : "binary";
        format.Write(new Refused(Operation.Unknown, ErrorCode.Unsupported,
            $"This server speaks only {name} frames (jochat.gateway.protocol)."), output);
        try
        {
            using var enough = new CancellationTokenSource(LongestRefusal);
            await output.FlushAsync(enough.Token);
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault)) { } // nobody waits for it
        return ReadStatus.Incomplete;
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

    /// <summary>Reads until the client ends its input, the connection is to be closed, or a request cannot be told from
    /// the next; then tells the session so.</summary>
    private async Task<ReadStatus> ReadRequestsAsync(
        ClientConnection client, IActorRef session, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var read = await client.Input.ReadAsync(CancellationToken.None);
                if (await TellRequestsAsync(read, client, session, stopping) is { } last) { return last; }
            }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            return ReadStatus.Incomplete; // the same as the client's end
        }
        finally
        {
            // Whatever happened: or its account would stay logged in.
            session.Tell(
                stopping.IsCancellationRequested ? InputEnded.ByServer : InputEnded.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>Tells the session the requests of one read. Apart from the loop around it, which waits most of the
    /// time, so that what is needed here costs an idle connection no memory.</summary>
    /// <returns>Null if there is to be another read; else how the input ended.</returns>
    private async ValueTask<ReadStatus?> TellRequestsAsync(
        ReadResult read, ClientConnection client, IActorRef session, CancellationToken stopping)
    {
        var rest = read.Buffer;
        ReadStatus status;
        do
        {
            status = client.Format.Read(ref rest, options.MaxFrameBytes, out var request, out var size);
            if (request is null) { break; }
            var mayEnter = await client.InFlight.EnterAsync(size);
            if (!mayEnter || stopping.IsCancellationRequested)
            {
                client.Input.AdvanceTo(rest.End);
                return status;
            }
            session.Tell(new ClientRequest(request, size), ActorRefs.NoSender);
        }
        while (status is ReadStatus.Complete);
        client.Input.AdvanceTo(rest.Start, rest.End);
        return status is ReadStatus.Broken || read.IsCompleted || read.IsCanceled ? status : null;
    }
}
