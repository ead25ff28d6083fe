using System.Diagnostics.CodeAnalysis;
using JoChat.Protocol;

namespace JoChat.Client;

/// <content>The main loop: from one connection to the next.</content>
internal sealed partial class ReconnectingConnection
{
    private bool MayReconnect => _options.Reconnect && _options.Features != Features.None;

    [SuppressMessage("Design", "CA1031", Justification = "The main loop: whatever fails, no caller may wait for ever.")]
    private async Task RunAsync(Connection connection)
    {
        Func<JoChatException>? end = null;
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                var ended = await ServeAsync(connection).ConfigureAwait(false);
                if (_closing.IsCancellationRequested) { break; }
                ApplySessionClosed();
                if (!MayReconnect) { throw ended.ToException(); }
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
        catch (ServerUnreachableException wrong)
        {
            end = () => new ServerUnreachableException(wrong.Message) { Certificate = wrong.Certificate };
        }
        catch (RefusedException refused)
        {
            end = () => new RefusedException(refused.Code, refused.Message);
        }
        catch (Exception fault)
        {
            end = () => new ConnectionLostException($"The client failed: {fault.Message}", fault);
        }
        Finish(end);
    }

    // The exception for the session_closed event, if it was for good.
    private SessionEndedException? SessionEnd() => _login is null ? null : _sessionClosed?.Reason switch
    {
        SessionCloseReason.TakenOver =>
            new SessionEndedException(SessionCloseReason.TakenOver, "The account has logged in elsewhere."),
        SessionCloseReason.AccountDeleted =>
            new SessionEndedException(SessionCloseReason.AccountDeleted, "The account has been deleted."),
        // Not even by the password, if it is known: whoever ended the login wants it ended.
        SessionCloseReason.Revoked => new SessionEndedException(
            SessionCloseReason.Revoked, "This login was ended elsewhere, or the password was changed: log in again."),
        _ => null,
    };

    private void ApplySessionClosed()
    {
        if (SessionEnd() is { } end) { throw end; }
        _sessionClosed = null;
    }

    private async Task<Connection> ReconnectAsync(CancellationToken cancellation)
    {
        JoChatException? suspicion = null;
        while (true)
        {
            if (_login is null)
            {
                // Without a login no message can arrive, so the next request is soon enough to connect.
                if (_resends.Count == 0) { await _queue.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false); }
            }
            else
            {
                SetState(ConnectionState.Reconnecting);
                await Task.Delay(_backoff.Next(), _options.Time, cancellation).ConfigureAwait(false);
            }
            try
            {
                var connection = await OpenConnectionAsync(cancellation).ConfigureAwait(false);
                SetState(ConnectionState.Connected);
                return connection;
            }
            catch (JoChatException fault) when (fault is not SessionEndedException)
            {
                ApplySessionClosed();
                if (_login is null)
                {
                    FailQueued(() => new ServerUnreachableException(fault.Message, fault));
                    continue;
                }
                if (!CanLast(fault)) { suspicion = null; }
                else if (IsAboutCertificate(fault) || fault.Message == suspicion?.Message) { throw; }
                else { suspicion = fault; }
            }
        }
    }

    // What another attempt would hardly change. Who answers in a server's place while it starts may be gone by the
    // next one, so it takes two; but nobody who shows another certificate is asked twice.
    private static bool CanLast(JoChatException fault) => IsAboutCertificate(fault)
        || fault is ServerUnreachableException { IsWrongService: true }
        || fault is RefusedException { Code: ErrorCode.Unsupported };

    private static bool IsAboutCertificate(JoChatException fault) =>
        fault is ServerUnreachableException { Certificate: not null };

    private async Task<Connection> OpenConnectionAsync(CancellationToken cancellation)
    {
        _sessionClosed = null;
        var stream = await StreamConnector.ConnectAsync(_options, cancellation).ConfigureAwait(false);
        var connection = new Connection(stream, _options, HandleEventAsync);
        var keep = false;
        try
        {
            var server = await SessionHandshake.GreetAsync(connection, _options, cancellation).ConfigureAwait(false);
            var window = server.IsReliable ? server.WindowMessages : 0;
            Inbox.Begin(Math.Max(_options.MessageBuffer, window), server.IsReliable);
            (_server, _connection) = (server, connection);
            if (_login is { } login)
            {
                _login = await SessionHandshake.LogInAgainAsync(connection, server, login, WantsToken, cancellation)
                    .ConfigureAwait(false);
                await RefreshPresenceAsync(connection, cancellation).ConfigureAwait(false);
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

    // Changes while disconnected were missed, so the presence of everyone watched is raised again.
    private async Task RefreshPresenceAsync(Connection connection, CancellationToken cancellation)
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

    private void FailQueued(Func<JoChatException> failure)
    {
        while (_resends.TryDequeue(out var pending) || _queue.Reader.TryRead(out pending)) { pending.Fail(failure()); }
    }

    private void Finish(Func<JoChatException>? end)
    {
        _failure = end ?? _failure;
        _login = null;
        _queue.Writer.TryComplete();
        FailQueued(_failure);
        Inbox.End(end);
        SetState(ConnectionState.Closed);
    }
}
