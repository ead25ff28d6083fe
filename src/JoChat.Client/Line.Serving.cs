using JoChat.Protocol;

namespace JoChat.Client;

/// <content>One connection's life.</content>
internal sealed partial class Line
{
    private static readonly TimeSpan LastWordsTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Serves the program on a connection until it ends.</summary>
    /// <returns>Why it has ended.</returns>
    private async Task<string> ServeAsync(Connection connection)
    {
        var pumping = PumpAsync(connection);
        var acknowledging = AcknowledgeAsync(connection);
        if (await Task.WhenAny(connection.Ended, _closed.Task).ConfigureAwait(false) == _closed.Task)
        {
            await SayLastWordsAsync(connection).ConfigureAwait(false);
            connection.End(Connection.ClosedByUs);
        }
        var why = "The connection ended.";
        try
        {
            return why = await connection.Ended.ConfigureAwait(false);
        }
        finally
        {
            await pumping.ConfigureAwait(false);
            await acknowledging.ConfigureAwait(false);
            KeepWhatLasts(connection, why);
            if (connection.HasAnswered) { _backoff.Reset(); }
        }
    }

    // Writes requests until the connection ends. What is taken and not written goes back.
    private async Task PumpAsync(Connection connection)
    {
        try
        {
            while (true)
            {
                if (!_again.TryDequeue(out var pending) && !_queue.Reader.TryRead(out pending))
                {
                    await connection.FlushAsync().ConfigureAwait(false);
                    if (!await _queue.Reader.WaitToReadAsync(connection.Ending).ConfigureAwait(false)) { return; }
                }
                else if (!pending.IsAbandoned
                    && !await connection.TrySendAsync(pending, flush: false).ConfigureAwait(false))
                {
                    _again = new Queue<PendingRequest>([pending, .. _again]);
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
            // The connection ends; what is not acknowledged comes again.
        }
    }

    private async Task SayLastWordsAsync(Connection connection)
    {
        if (Inbox.TakeDue() is not { IsEmpty: false } ids) { return; }
        var sending = connection.TrySendAsync(new PendingRequest(new Acknowledge(ids), _options.Encoding));
        var patience = Task.Delay(LastWordsTimeout, _options.Time, connection.Ending);
        await Task.WhenAny(sending, patience).ConfigureAwait(false);
    }

    private void KeepWhatLasts(Connection connection, string why)
    {
        var again = new Queue<PendingRequest>();
        foreach (var pending in connection.TakeUnanswered())
        {
            JoChatException? ended = SessionEnd();
            if (!pending.IsLasting) { pending.Fail(ended ?? new ConnectionLostException(why)); }
            else if (!pending.IsAbandoned) { again.Enqueue(pending); }
        }
        foreach (var pending in _again) { again.Enqueue(pending); }
        _again = again;
    }

    private ValueTask TakeEventAsync(ServerEvent happened, CancellationToken cancellation)
    {
        if (happened is MessageArrived message) { return Inbox.OfferAsync(message, cancellation); }
        if (happened is SessionClosed farewell) { _farewell = farewell; }
        Notified?.Invoke(happened);
        return ValueTask.CompletedTask;
    }
}
