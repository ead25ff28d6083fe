using System.IO.Pipelines;
using JoChat.Protocol;
using Microsoft.AspNetCore.Connections;

namespace JoChat.Gateway;

/// <summary>A stream of bytes, TCP or inside TLS, with a framing.</summary>
/// <remarks>That a flush completes only when the socket took the bytes needs MaxWriteBufferSize 1, see GatewayServer.
/// </remarks>
/// <param name="connection">The connection.</param>
/// <param name="framing">How requests and messages are told apart in it.</param>
/// <param name="patience">How long a request that has begun may send nothing.</param>
/// <param name="time">The clock for that.</param>
internal sealed class StreamTransport(
    ConnectionContext connection, Framing framing, TimeSpan patience, TimeProvider time) : IClientTransport
{
    private bool _hasBegunRequest; // a part of one has come

    /// <inheritdoc/>
    public SpokenProtocols? Setting => framing.Setting;

    /// <inheritdoc/>
    public Admission Admission => connection.Features.Get<Admission>()!; // the limit has put it there

    private PipeReader Input => connection.Transport.Input;

    private PipeWriter Output => connection.Transport.Output;

    /// <inheritdoc/>
    public async Task ReadRequestsAsync(ClientConnection client)
    {
        while (await TellRequestsAsync(
            await (_hasBegunRequest ? ReadRestAsync() : Input.ReadAsync(CancellationToken.None)), client)) { }
    }

    /// <inheritdoc/>
    public void StopReading() => Input.CancelPendingRead();

    /// <inheritdoc/>
    public void Write(ServerMessage message, OutputBuffer waiting) => framing.Write(message, waiting);

    /// <inheritdoc/>
    public void Take(OutputBuffer waiting) => waiting.MoveTo(Output);

    /// <inheritdoc/>
    public ValueTask<FlushResult> FlushAsync() => Output.FlushAsync(CancellationToken.None);

    /// <inheritdoc/>
    public void Abort() => connection.Abort();

    // Cancelled, which ends the reading, if nothing comes in time: half a request must not be kept for ever.
    private async ValueTask<ReadResult> ReadRestAsync()
    {
        var reading = Input.ReadAsync(CancellationToken.None);
        if (reading.IsCompleted) { return await reading; }
        using var enough = new CancellationTokenSource(patience, time);
        await using var cancel = enough.Token.UnsafeRegister(
            static input => ((PipeReader)input!).CancelPendingRead(), Input);
        return await reading;
    }

    // The requests of one read; false if it was the last. A method of its own, so that its state costs memory only
    // while there are requests, and not while the loop around it waits.
    private async ValueTask<bool> TellRequestsAsync(ReadResult read, ClientConnection client)
    {
        var rest = read.Buffer;
        client.Memory.SetInput(rest.Length);
        var isBroken = false;
        while (!isBroken)
        {
            var before = rest.Length;
            if (framing.Read(ref rest, client.MaxRequestBytes) is not { } request) { break; }
            if (request is UnreadableRequest { Code: ErrorCode.FrameTooLong } && await client.MayGrowAsync()) { continue; }
            var size = (int)(before - rest.Length);
            isBroken = size == 0;
            if (!await client.TellAsync(request, size))
            {
                Input.AdvanceTo(rest.End);
                return false;
            }
        }
        _hasBegunRequest = !rest.IsEmpty;
        client.Memory.SetInput(rest.Length);
        Input.AdvanceTo(rest.Start, rest.End);
        return !isBroken && !read.IsCompleted && !read.IsCanceled;
    }
}
