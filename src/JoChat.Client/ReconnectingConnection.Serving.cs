using JoChat.Protocol;

namespace JoChat.Client;

/// <content>The life of one connection.</content>
internal sealed partial class ReconnectingConnection
{
    private static readonly TimeSpan FinalAckTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Sends requests and acks on a connection until it ends.</summary>
    /// <returns>Why it has ended.</returns>
    private async Task<ConnectionEnd> ServeAsync(Connection connection)
    {
        var pumping = PumpAsync(connection);
        var acknowledging = AcknowledgeAsync(connection);
        if (await Task.WhenAny(connection.Ended, _closed.Task).ConfigureAwait(false) == _closed.Task)
        {
            await SendFinalAcknowledgementsAsync(connection).ConfigureAwait(false);
            connection.End(Connection.ClosedByUs);
        }
        var end = new ConnectionEnd("The connection ended.");
        try
        {
            end = await connection.Ended.ConfigureAwait(false);
            if (end.Kind is ConnectionEndKind.Mute)
            {
                end = new ConnectionEnd(
                    await ExplainAsync(end.Why, _closing.Token).ConfigureAwait(false), ConnectionEndKind.WrongService);
            }
            return end;
        }
        finally
        {
            await pumping.ConfigureAwait(false);
            await acknowledging.ConfigureAwait(false);
            RequeueInFlight(connection, end);
            if (connection.HasAnswered) { _backoff.Reset(); }
        }
    }

    // Writes requests until the connection ends. One that was dequeued and not written is put back.
    private async Task PumpAsync(Connection connection)
    {
        try
        {
            while (true)
            {
                if (!_resends.TryDequeue(out var pending) && !_queue.Reader.TryRead(out pending))
                {
                    await connection.FlushAsync().ConfigureAwait(false);
                    if (!await _queue.Reader.WaitToReadAsync(connection.Ending).ConfigureAwait(false)) { return; }
                }
                else if (!pending.IsAbandoned
                    && !await connection.TrySendAsync(pending, flush: false).ConfigureAwait(false))
                {
                    _resends = new Queue<PendingRequest>([pending, .. _resends]);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ends.
        }
    }

    private async Task AcknowledgeAsync(Connection connection)
    {
        try
        {
            while (await Inbox.AckDueAsync(connection.Ending).ConfigureAwait(false))
            {
                if (Inbox.TakeDue() is not { IsEmpty: false } ids) { continue; }
                var pending = new PendingRequest(new Acknowledge(ids), _options.Encoding);
                await connection.TrySendAsync(pending).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ends; unacknowledged messages are pushed again on the next one.
        }
    }

    private async Task SendFinalAcknowledgementsAsync(Connection connection)
    {
        if (Inbox.TakeDue() is not { IsEmpty: false } ids) { return; }
        var sending = connection.TrySendAsync(new PendingRequest(new Acknowledge(ids), _options.Encoding));
        var patience = Task.Delay(FinalAckTimeout, _options.Time, connection.Ending);
        await Task.WhenAny(sending, patience).ConfigureAwait(false);
    }

    private void RequeueInFlight(Connection connection, ConnectionEnd end)
    {
        var resends = new Queue<PendingRequest>();
        foreach (var pending in connection.TakeInFlight())
        {
            JoChatException? ended = SessionEnd();
            if (!pending.IsIdempotent) { pending.Fail(ended ?? end.ToException()); }
            else if (!pending.IsAbandoned) { resends.Enqueue(pending); }
        }
        foreach (var pending in _resends) { resends.Enqueue(pending); }
        _resends = resends;
    }

    private ValueTask HandleEventAsync(ServerEvent happened, CancellationToken cancellation)
    {
        if (happened is MessageArrived message) { return Inbox.OfferAsync(message, cancellation); }
        if (happened is SessionClosed closed) { _sessionClosed = closed; }
        Notified?.Invoke(happened);
        return ValueTask.CompletedTask;
    }
}
