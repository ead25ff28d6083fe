using System.Diagnostics.CodeAnalysis;
using JoChat.Protocol;

namespace JoChat.Client;

/// <content>From one connection to the next.</content>
internal sealed partial class Line
{
    private bool MayReconnect => _options.Reconnect && _options.Features != Features.None;

    [SuppressMessage("Design", "CA1031", Justification = "The top loop: whatever fails, nobody must wait for ever.")]
    private async Task RunAsync(Connection connection)
    {
        Func<JoChatException>? end = null;
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                var why = await ServeAsync(connection).ConfigureAwait(false);
                if (_closing.IsCancellationRequested) { break; }
                HeedFarewell();
                if (!MayReconnect) { throw new ConnectionLostException(why); }
                connection = await ReconnectAsync(_closing.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Disposed while there was no connection.
        }
        catch (SessionEndedException ended)
        {
            end = () => new SessionEndedException(ended.Reason, ended.Message);
        }
        catch (ConnectionLostException lost)
        {
            end = () => new ConnectionLostException(lost.Message);
        }
        catch (Exception fault)
        {
            end = () => new ConnectionLostException($"The client failed: {fault.Message}", fault);
        }
        Finish(end);
    }

    // What the server has said goodbye with, if that is for good.
    private SessionEndedException? SessionEnd() => _login is null ? null : _farewell?.Reason switch
    {
        SessionCloseReason.TakenOver =>
            new SessionEndedException(SessionCloseReason.TakenOver, "The account has logged in elsewhere."),
        SessionCloseReason.AccountDeleted =>
            new SessionEndedException(SessionCloseReason.AccountDeleted, "The account has been deleted."),
        _ => null,
    };

    private void HeedFarewell()
    {
        if (SessionEnd() is { } end) { throw end; }
        if (_login is { } login && _farewell?.Reason == SessionCloseReason.Revoked)
        {
            _login = login with { Token = null };
        }
        _farewell = null;
    }

    private async Task<Connection> ReconnectAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_login is null)
            {
                // Nobody waits for messages, so nobody needs the connection before there is something to ask.
                if (_again.Count == 0) { await _queue.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false); }
            }
            else
            {
                Enter(ConnectionState.Reconnecting);
                await Task.Delay(_backoff.Next(), _options.Time, cancellation).ConfigureAwait(false);
            }
            try
            {
                var connection = await EnterAsync(cancellation).ConfigureAwait(false);
                Enter(ConnectionState.Connected);
                return connection;
            }
            catch (JoChatException fault) when (fault is not SessionEndedException)
            {
                HeedFarewell();
                if (_login is null) { FailWaiting(() => new ServerUnreachableException(fault.Message, fault)); }
            }
        }
    }

    private async Task<Connection> EnterAsync(CancellationToken cancellation)
    {
        _farewell = null;
        var stream = await Dialling.DialAsync(_options, cancellation).ConfigureAwait(false);
        var connection = new Connection(stream, _options, TakeEventAsync);
        var keep = false;
        try
        {
            var server = await Handshake.GreetAsync(connection, _options, cancellation).ConfigureAwait(false);
            var window = server.IsReliable ? server.WindowMessages : 0;
            Inbox.Begin(Math.Max(_options.MessageBuffer, window), server.IsReliable);
            _server = server;
            if (_login is { } login)
            {
                _login = await Handshake.ReturnAsync(connection, server, login, cancellation).ConfigureAwait(false);
                await AskPresenceAgainAsync(connection, cancellation).ConfigureAwait(false);
            }
            connection.HasAnswered = false;
            keep = true;
            return connection;
        }
        finally
        {
            if (!keep) { await connection.DisposeAsync().ConfigureAwait(false); }
        }
    }

    // What has changed in between nobody told, so everyone asked for is told anew.
    private async Task AskPresenceAgainAsync(Connection connection, CancellationToken cancellation)
    {
        if (_presence is not { } presence) { return; }
        var answer = await connection.AskAsync(presence, cancellation).ConfigureAwait(false);
        if (answer is not PresenceOf { Online: var online }) { return; }
        foreach (var name in presence.Of)
        {
            var isOnline = online.Contains(name, StringComparer.OrdinalIgnoreCase);
            Notified?.Invoke(new PresenceChanged(name, isOnline));
        }
    }

    private void FailWaiting(Func<JoChatException> failure)
    {
        while (_again.TryDequeue(out var pending) || _queue.Reader.TryRead(out pending)) { pending.Fail(failure()); }
    }

    private void Finish(Func<JoChatException>? end)
    {
        _over = end ?? _over;
        _login = null;
        _queue.Writer.TryComplete();
        FailWaiting(_over);
        Inbox.End(end);
        Enter(ConnectionState.Closed);
    }
}
