using System.Collections.Immutable;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>A connection to a JoChat server that can sign up, log in, write, and receive messages live.</summary>
/// <remarks>Safe for use by several threads. Requests made at the same time are pipelined and done in the order made.
/// Each method throws <see cref="RefusedException"/> if the server refuses, <see cref="RequestTimeoutException"/> if no
/// answer comes in time, <see cref="ConnectionLostException"/> once the connection has ended (make another client
/// then), and <see cref="OperationCanceledException"/> if cancelled: a request already written is not taken back.
/// </remarks>
public sealed class JoChatClient : IAsyncDisposable
{
    private readonly Connection _connection;

    // Whom the connection is logged in as: set by whoever got the answer of the login or log-out.
    private volatile string? _username;

    private JoChatClient(Connection connection, bool isPushing) => (_connection, IsPushing) = (connection, isPushing);

    /// <summary>Whom this connection is logged in as; null if it is not.</summary>
    public string? Username => _username;

    /// <summary>Whether the server pushes messages: false unless asked for, and with servers that cannot.</summary>
    public bool IsPushing { get; }

    /// <summary>Connects, and with <see cref="JoChatClientOptions.Push"/> also says hello.</summary>
    /// <param name="options">Where to connect and how long to wait.</param>
    /// <param name="cancellation">Gives up connecting.</param>
    /// <returns>A client that is not logged in yet; the caller disposes it.</returns>
    /// <exception cref="ServerUnreachableException">Unknown host, nothing listens, or no answer in time.</exception>
    public static async Task<JoChatClient> ConnectAsync(
        JoChatClientOptions options, CancellationToken cancellation = default)
    {
        var connection = await Connection.OpenAsync(options, cancellation).ConfigureAwait(false);
        var keep = false;
        try
        {
            var isPushing = options.Push
                && await AskForPushAsync(connection, options.ClientName, cancellation).ConfigureAwait(false);
            keep = true;
            return new JoChatClient(connection, isPushing);
        }
        finally
        {
            if (!keep) { await connection.DisposeAsync().ConfigureAwait(false); }
        }
    }

    /// <summary>Makes an account; does not log in.</summary>
    /// <param name="username">The name wanted.</param>
    /// <param name="password">As typed; only its hash is sent.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task SignUpAsync(string username, Secret password, CancellationToken cancellation = default) =>
        AskAsync<SignedUp>(new SignUp(username, PasswordHash.Of(password)), cancellation);

    /// <summary>Logs this connection in.</summary>
    /// <param name="username">Whose account.</param>
    /// <param name="password">As typed; only its hash is sent.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How many messages were sent while the account was away.</returns>
    public async Task<long> LogInAsync(string username, Secret password, CancellationToken cancellation = default)
    {
        var request = new LogIn(username, PasswordHash.Of(password));
        var answer = await AskAsync<LoggedIn>(request, cancellation).ConfigureAwait(false);
        _username = username;
        return answer.UnreadCount;
    }

    /// <summary>Logs out; the connection may log in again, as anyone.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task LogOutAsync(CancellationToken cancellation = default)
    {
        await AskAsync<LoggedOut>(new LogOut(), cancellation).ConfigureAwait(false);
        _username = null;
    }

    /// <summary>Counts the messages that were sent while the account was away and not handed over since.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<long> CountUnreadAsync(CancellationToken cancellation = default) =>
        (await AskAsync<UnreadCounted>(new CountUnread(), cancellation).ConfigureAwait(false)).Count;

    /// <summary>Sends a message; when it returns, the message is stored durably.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="content">1 to <see cref="Limits.MaxContentBytes"/> bytes of UTF-8.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task SendAsync(string recipient, string content, CancellationToken cancellation = default)
    {
        // The request names its sender, so without a login there is nothing to ask the server.
        var sender = _username
            ?? throw new RefusedException(ErrorCode.NotLoggedIn, "You are not currently logged in.");
        return AskAsync<MessageStored>(new SendMessage(sender, recipient, content), cancellation);
    }

    /// <summary>Takes the oldest messages sent while the account was away; they count as delivered then.</summary>
    /// <param name="limit">Most messages wanted, ≥ 0; the server may give fewer at a time.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The messages, ascending by id.</returns>
    public async Task<ImmutableArray<InboxMessage>> FetchAwayAsync(
        int limit = FetchAway.DefaultLimit, CancellationToken cancellation = default) =>
        (await AskAsync<AwayFetched>(new FetchAway(limit), cancellation).ConfigureAwait(false)).Messages;

    /// <summary>Lists every message of this account that was delivered and not deleted.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The messages, ascending by id.</returns>
    public async Task<ImmutableArray<InboxMessage>> ListDeliveredAsync(CancellationToken cancellation = default) =>
        (await AskAsync<DeliveredListed>(new ListDelivered(), cancellation).ConfigureAwait(false)).Messages;

    /// <summary>Finds accounts by name.</summary>
    /// <param name="pattern">A part of the name, or a pattern for all of it with <c>*</c> and <c>?</c>.</param>
    /// <param name="start">How many matches to pass over, ≥ 0.</param>
    /// <param name="count">Most matches wanted, ≥ 0.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>One page, ordered by username.</returns>
    public async Task<ImmutableArray<ListedAccount>> ListAccountsAsync(
        string pattern, int start = 0, int count = ListAccounts.DefaultCount, CancellationToken cancellation = default)
    {
        var request = new ListAccounts(pattern, start, count);
        return (await AskAsync<AccountsListed>(request, cancellation).ConfigureAwait(false)).Users;
    }

    /// <summary>Deletes messages that this account received.</summary>
    /// <param name="ids">Which; those that name no such message are passed over.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteMessagesAsync(IEnumerable<long> ids, CancellationToken cancellation = default) =>
        (await AskAsync<MessagesDeleted>(new DeleteMessages([.. ids]), cancellation).ConfigureAwait(false)).Count;

    /// <summary>Deletes the account this connection is logged in as, with every message it sent or received.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task DeleteAccountAsync(CancellationToken cancellation = default)
    {
        await AskAsync<AccountDeleted>(new DeleteAccount(), cancellation).ConfigureAwait(false);
        _username = null;
    }

    /// <summary>Reads messages as they arrive, each once, until the connection ends.</summary>
    /// <remarks>Several enumerations share the messages out among them. See
    /// <see cref="JoChatClientOptions.MessageBuffer"/> for what happens if nobody reads.</remarks>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ConnectionLostException">The connection ended, but not by disposing the client.</exception>
    public IAsyncEnumerable<MessageArrived> ReadMessagesAsync(CancellationToken cancellation = default) =>
        _connection.Messages.ReadAllAsync(cancellation);

    /// <summary>Closes the connection, without logging out first; the server ends the session by itself.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<bool> AskForPushAsync(
        Connection connection, string clientName, CancellationToken cancellation)
    {
        var hello = new Hello(clientName, Features.Push);
        var answer = await connection.AskAsync(hello, cancellation).ConfigureAwait(false);
        return answer is Welcome welcome && welcome.Features.HasFlag(Features.Push);
    }

    private async Task<TResponse> AskAsync<TResponse>(Request request, CancellationToken cancellation)
        where TResponse : Response
    {
        var answer = await _connection.AskAsync(request, cancellation).ConfigureAwait(false);
        // The connection has checked that an answer is of its request's operation, and each has one record.
        return answer is Refused refused ? throw new RefusedException(refused.Code, refused.Text) : (TResponse)answer;
    }
}
