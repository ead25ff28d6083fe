using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>A client of a JoChat server: signs up, logs in, sends each message once, and receives each once, over as
/// many connections as it takes.</summary>
/// <remarks>Safe for use by several threads. Requests made at the same time are pipelined and done in the order made.
/// If the connection is lost while logged in, the client reconnects and resumes the session: messages that are not
/// confirmed yet are sent again, in their order and before later ones; other requests in flight fail with
/// <see cref="ConnectionLostException"/>, because whether they were done is unknown; later ones wait for the new
/// connection. While nobody is logged in, the next request reconnects.
/// <para>Each request throws <see cref="RefusedException"/> if the server refuses,
/// <see cref="RequestTimeoutException"/> if no answer comes in time, <see cref="ConnectionLostException"/> as above or
/// once the client has ended, <see cref="SessionEndedException"/> once the session has ended for good, and
/// <see cref="OperationCanceledException"/> if cancelled: a request already written is not taken back.</para></remarks>
public sealed partial class JoChatClient : IAsyncDisposable
{
    private readonly ReconnectingConnection _connection;
    private readonly ClientIds _clientIds = new();

    private JoChatClient(ReconnectingConnection connection)
    {
        _connection = connection;
        connection.Notified += happened => Notified?.Invoke(happened);
        connection.StateChanged += state => StateChanged?.Invoke(state);
    }

    /// <summary>All events but messages: <see cref="ReceiptArrived"/>, <see cref="TypingArrived"/>,
    /// <see cref="PresenceChanged"/>, <see cref="QueueEmptied"/>, <see cref="InboxGrew"/>,
    /// <see cref="AccountGone"/>, <see cref="SessionClosed"/>. After a reconnect the presence of everyone watched is
    /// raised again; that the inbox grew or an account went meanwhile is not.</summary>
    /// <remarks>Handlers run on the read loop, one after the other, so they must be quick. One that throws ends the
    /// client.</remarks>
    public event Action<ServerEvent>? Notified;

    /// <summary><see cref="State"/> has changed. The rules for handlers are those of
    /// <see cref="Notified"/>.</summary>
    public event Action<ConnectionState>? StateChanged;

    /// <summary>The state of the connection.</summary>
    public ConnectionState State => _connection.State;

    /// <summary>The account that is logged in, or will be again after a reconnect; null if none is.</summary>
    public string? Username => _connection.Login?.Username;

    /// <summary>What <see cref="ResumeAsync(Secret, bool, CancellationToken)"/> takes in a later run of the program; null if
    /// the server gave none. Keep it like a password. With <see cref="Features.Rotate"/> it is another after each resume,
    /// also when the client has reconnected, and once it is used the ones before must not be: that would end the
    /// login. Who keeps it for several clients gives them an <see cref="IKeptToken"/>.</summary>
    public Secret? ResumeToken => _connection.Login?.Token;

    /// <summary>Whether the server pushes messages: false unless asked for, in side sessions, and with servers that
    /// cannot.</summary>
    public bool IsPushing => _connection.Server.Features.HasFlag(Features.Push) && !IsSide;

    /// <summary>Whether a login is that of a side session, which leaves the account's own session alone: false unless
    /// <see cref="Features.Side"/> was asked for, and with servers that have none. There a login would be refused while
    /// the account is online.</summary>
    public bool IsSide => _connection.Server.IsSide;

    /// <summary>Connects. The first connection is not retried; later ones are.</summary>
    /// <param name="options">Where to connect and how long to wait.</param>
    /// <param name="cancellation">Gives up connecting.</param>
    /// <returns>A client that is not logged in yet; the caller disposes it.</returns>
    /// <exception cref="ServerUnreachableException">Unknown host, nothing listens, or no answer in time.</exception>
    /// <exception cref="RefusedException">The server has no room for the connection.</exception>
    public static async Task<JoChatClient> ConnectAsync(
        JoChatClientOptions options, CancellationToken cancellation = default) =>
        new(await ReconnectingConnection.OpenAsync(options, cancellation).ConfigureAwait(false));

    /// <summary>Makes an account; does not log in.</summary>
    /// <param name="username">The name wanted.</param>
    /// <param name="password">As typed; only its hash is sent.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task SignUpAsync(string username, Secret password, CancellationToken cancellation = default) =>
        await AskAsync<SignedUp>(new SignUp(username, PasswordHash.Of(password)), cancellation).ConfigureAwait(false);

    /// <summary>Logs in. The hash of the password is kept in memory, to log in again if the server forgets the session.
    /// </summary>
    /// <param name="username">Whose account.</param>
    /// <param name="password">As typed; only its hash is sent.</param>
    /// <param name="takeover">Whether to end the account's other session instead of being refused.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How many messages were sent while the account was away.</returns>
    public Task<long> LogInAsync(
        string username, Secret password, bool takeover = false, CancellationToken cancellation = default) =>
        PasswordHash.AskAsync(password, async hash =>
        {
            var request = new LogIn(username, hash, takeover, _connection.WantsToken);
            var answer = await AskAsync<LoggedIn>(request, cancellation, Enter).ConfigureAwait(false);
            return answer.UnreadCount;

            void Enter(LoggedIn loggedIn) =>
                _connection.SetLogin(new RenewableLogin(username, hash, loggedIn.ResumeToken, IsSide));
        });

    /// <summary>Logs in with the <see cref="ResumeToken"/> of an earlier session.</summary>
    /// <param name="token">The token.</param>
    /// <param name="takeover">Whether to end the account's other session instead of being refused; a side session
    /// leaves it alone in any case.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How many messages were sent while the account was away.</returns>
    public async Task<long> ResumeAsync(
        Secret token, bool takeover = true, CancellationToken cancellation = default)
    {
        var answer = await AskAsync<Resumed>(new Resume(token, takeover), cancellation, Enter).ConfigureAwait(false);
        return answer.UnreadCount;

        void Enter(Resumed resumed) => _connection.SetLogin(
            new RenewableLogin(resumed.Username, Password: null, resumed.ResumeToken ?? token, IsSide));
    }

    /// <summary>Logs in with a token that other clients may use too. After the loss of the connection it is taken from
    /// there again.</summary>
    /// <param name="kept">Where the token is.</param>
    /// <param name="takeover">Whether to end the account's other session instead of being refused; a side session
    /// leaves it alone in any case.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How many messages were sent while the account was away.</returns>
    /// <exception cref="IOException">The token cannot be read, or others would not let go of it.</exception>
    public async Task<long> ResumeAsync(
        IKeptToken kept, bool takeover = true, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var away = 0L;
        return await kept.RenewAsync(RenewAsync, cancellation).ConfigureAwait(false)
            ? away
            : throw new RefusedException(ErrorCode.InvalidToken, "The login is no longer kept.");

        async Task<Secret> RenewAsync(Secret token)
        {
            away = await ResumeAsync(token, takeover, cancellation).ConfigureAwait(false);
            var login = _connection.Login;
            if (login is not null) { _connection.SetLogin(login with { Kept = kept }); }
            return login?.Token ?? token;
        }
    }

    /// <summary>Logs out; the client may log in again, as anyone. Messages not acknowledged by then are away again.
    /// </summary>
    /// <param name="cancellation">Stops waiting.</param>
    public Task LogOutAsync(CancellationToken cancellation = default) =>
        AskAsync<LoggedOut>(new LogOut(), cancellation, _ => _connection.SetLogin(login: null));

    /// <summary>Sends a message; when it returns, the message is stored durably, once.</summary>
    /// <remarks>It waits as long as it takes, also for the connection to come back; the message is sent again until the
    /// server has answered. Cancelled, it may or may not be stored; so it may if it was sent again and that was refused
    /// for a reason that passes (<see cref="ErrorCode.StorageUnavailable"/>). Who may have to call again for the same
    /// message gives it a client id. With a server that knows no acknowledgements it is sent only once, and the
    /// time-out and the loss of the connection are those of any other request.</remarks>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="content">1 to <see cref="Limits.MaxContentBytes"/> bytes of UTF-8.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>What the message is stored as; null if the server does not tell.</returns>
    public Task<StoredAs?> SendAsync(string recipient, string content, CancellationToken cancellation = default) =>
        SendAsync(recipient, content, _clientIds.Next(), cancellation);

    /// <summary>Sends a message under a client id of the program's own. Called again with all the same, in this process
    /// or a later one, it stores nothing new and returns what was stored first.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="content">1 to <see cref="Limits.MaxContentBytes"/> bytes of UTF-8.</param>
    /// <param name="clientId">What the program calls the message, 1 to <see cref="Limits.MaxClientIdBytes"/> bytes of
    /// UTF-8. A server that knows no acknowledgements is not told it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>What the message is stored as; null if the server does not tell.</returns>
    public async Task<StoredAs?> SendAsync(
        string recipient, string content, string clientId, CancellationToken cancellation = default)
    {
        // The request names its sender, so without a login there is nothing to ask the server.
        var sender = Username ?? throw new RefusedException(ErrorCode.NotLoggedIn, "You are not currently logged in.");
        var request = new SendMessage(sender, recipient, content, _connection.Server.IsReliable ? clientId : null);
        return (await AskAsync<MessageStored>(request, cancellation).ConfigureAwait(false)).As;
    }

    /// <summary>Reads messages as they arrive, each once, over all connections and sessions of this client.</summary>
    /// <remarks>A message is acknowledged when the next one is asked for. One whose turn of the loop did not end, by an
    /// exception or by leaving the loop, is not: it is the first of the next loop, and away again if there is none. One
    /// loop at a time can read; a second one throws <see cref="InvalidOperationException"/>.</remarks>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The messages. They end when the client is disposed.</returns>
    /// <exception cref="SessionEndedException">The session has ended for good.</exception>
    /// <exception cref="ConnectionLostException">The connection is lost and not made anew.</exception>
    /// <exception cref="ServerUnreachableException">The server has another certificate now, which is not trusted, or is
    /// another service.</exception>
    /// <exception cref="RefusedException">The server does not support the client any more.</exception>
    public IAsyncEnumerable<MessageArrived> ReadMessagesAsync(CancellationToken cancellation = default) =>
        _connection.Inbox.ReadAsync(cancellation);

    /// <summary>Acknowledges the messages read, waiting a second for that at most, and closes the connection without
    /// logging out; the server ends the session by itself. Nothing else is waited for: whoever has not awaited
    /// <see cref="SendAsync(string, string, CancellationToken)"/> gets a <see cref="ConnectionLostException"/> there,
    /// and the message may not be stored.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<TResponse> AskAsync<TResponse>(
        Request request, CancellationToken cancellation, Action<TResponse>? onSuccess = null)
        where TResponse : Response
    {
        var answer = await _connection.AskAsync(request, OnAnswer, cancellation).ConfigureAwait(false);
        // The connection has checked that an answer is of its request's operation, and each has one record.
        return answer is Refused refused
            ? throw new RefusedException(refused.Code, refused.Text, refused.Since, refused.RetryAfter)
            : (TResponse)answer;

        void OnAnswer(Response response)
        {
            if (response is TResponse success) { onSuccess?.Invoke(success); }
        }
    }
}
