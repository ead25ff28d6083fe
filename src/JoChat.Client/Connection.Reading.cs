using System.Buffers;
using System.IO.Pipelines;
using JoChat.Protocol;

namespace JoChat.Client;

/// <content>The read loop.</content>
internal sealed partial class Connection
{
    private const int MostTellingBytes = 16;

    private bool _isRecognised, _hasAnswered;
    private volatile bool _hasHeard;

    /// <returns>Why the connection must end.</returns>
    private async Task<ConnectionEnd> ReadLoopAsync()
    {
        var input = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(Ending).ConfigureAwait(false);
                var buffer = result.Buffer;
                if (!buffer.IsEmpty) { MarkHeard(); }
                if (Recognise(buffer, result.IsCompleted) is { } wrong) { return wrong; }
                while (_isRecognised)
                {
                    var status = FrameReader.Read(ref buffer, _options.MaxFrameBytes, out var body);
                    if (status == FrameStatus.TooLong) { return new("The server sent an answer that is too long."); }
                    if (status == FrameStatus.Incomplete) { break; }
                    var fault = await DispatchAsync(_options.Encoding.Decode(body)).ConfigureAwait(false);
                    if (fault is not null) { return fault; }
                }
                input.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) { return Closed("The server closed the connection."); }
            }
        }
        catch (IOException)
        {
            return Closed("The connection to the server broke.");
        }
        catch (OperationCanceledException)
        {
            return new(ClosedByUs);
        }
        finally
        {
            await input.CompleteAsync().ConfigureAwait(false);
        }
    }

    private void MarkHeard()
    {
        _hasHeard = true;
        _heartbeat.MarkHeard();
        Progress.MarkMove();
    }

    // A server also closes a connection on which nothing was asked for a long time; that means nothing.
    private ConnectionEnd Closed(string why)
    {
        var isIdle = _inFlight.Reader.Count == 0 && Progress.Still >= _options.ConnectTimeout;
        return HasHeard || isIdle
            ? new ConnectionEnd(why)
            : new ConnectionEnd(ServiceNames.DescribeHangUp(_options), ConnectionEndKind.Mute);
    }

    // By the first bytes; null if it is a JoChat server, or not known yet.
    private ConnectionEnd? Recognise(in ReadOnlySequence<byte> buffer, bool isAll)
    {
        if (_isRecognised) { return null; }
        Span<byte> start = stackalloc byte[(int)Math.Min(buffer.Length, MostTellingBytes)];
        buffer.Slice(0, start.Length).CopyTo(start);
        _isRecognised = ServiceNames.TryRecognise(start, isAll, _options, out var sentence);
        return sentence is null ? null : new ConnectionEnd(sentence, ConnectionEndKind.WrongService);
    }

    private async ValueTask<ConnectionEnd?> DispatchAsync(ServerMessage? message)
    {
        if (message is Response response) { return CompleteOldest(response); }
        if (message is ServerEvent happened)
        {
            _heartbeat.Suspend(); // the handler may be slow: that is not the server's silence
            await _onEvent(happened, Ending).ConfigureAwait(false);
            _heartbeat.MarkHeard();
        }
        // An event of a later version; were it an unreadable response, the next response would not match. But no event
        // comes before the first answer, and whoever does not speak JoChat would not be found out for long.
        return message is null && !_hasAnswered
            ? new ConnectionEnd(ServiceNames.DescribeUnknown(_options), ConnectionEndKind.WrongService)
            : null;
    }

    private ConnectionEnd? CompleteOldest(Response response)
    {
        if (!_inFlight.Reader.TryPeek(out var pending))
        {
            return response is Refused refused
                ? new ConnectionEnd($"The server ended the connection: {refused.Text}")
                : new ConnectionEnd("The server answered a request that was never made.");
        }
        if (!pending.IsAnsweredBy(response)) { return new("The server's answers do not match the requests."); }
        HasAnswered = _hasAnswered = true;
        _inFlight.Reader.TryRead(out _);
        Progress.Remove(pending);
        pending.Complete(response);
        return null;
    }
}
