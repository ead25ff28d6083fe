using System.Collections.Immutable;
using JoChat.Protocol;

namespace JoChat.Client;

/// <content>Requests about messages, people and the account.</content>
public sealed partial class JoChatClient
{
    /// <summary>Counts the messages that were sent while the account was away and not handed over since.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<long> CountUnreadAsync(CancellationToken cancellation = default) =>
        (await AskAsync<UnreadCounted>(new CountUnread(), cancellation).ConfigureAwait(false)).Count;

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

    /// <summary>Reads what the account was sent, whoever sent it. Nothing counts as delivered by that.</summary>
    /// <remarks>Who keeps the greatest id read as a cursor, and reads after it until a page is empty, at each
    /// <see cref="InboxGrew"/> and whenever <see cref="State"/> becomes <see cref="ConnectionState.Connected"/>, sees
    /// every message once.</remarks>
    /// <param name="after">Only messages with a greater id, the oldest first; null: the newest.</param>
    /// <param name="before">Only messages with a smaller id; null: whatever their id.</param>
    /// <param name="undeliveredOnly">Whether to read only undelivered ones.</param>
    /// <param name="count">Most messages wanted, ≥ 0; the server may give fewer.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The messages, ascending by id; none: there are no more.</returns>
    public async Task<ImmutableArray<HistoryMessage>> ReadInboxAsync(
        long? after = null,
        long? before = null,
        bool undeliveredOnly = false,
        int count = ReadInbox.DefaultCount,
        CancellationToken cancellation = default)
    {
        var request = new ReadInbox(after, before, count, undeliveredOnly);
        return (await AskAsync<InboxRead>(request, cancellation).ConfigureAwait(false)).Messages;
    }

    /// <summary>Says that everything the account was sent up to a message has arrived; the senders are told.</summary>
    /// <param name="through">The id of that message.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task MarkDeliveredAsync(long through, CancellationToken cancellation = default) =>
        AskAsync<MarkedDelivered>(new MarkDelivered(through), cancellation);

    /// <summary>Lists the people the account wrote to or heard from, the newest activity first.</summary>
    /// <param name="before">The id of the last message of the last conversation of the page before; null: the first
    /// page.</param>
    /// <param name="count">Most conversations wanted, ≥ 0; the server gives at most
    /// <see cref="Limits.MaxListedConversations"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<ImmutableArray<Conversation>> ListConversationsAsync(
        long? before = null, int count = ListConversations.DefaultCount, CancellationToken cancellation = default)
    {
        var request = new ListConversations(before, count);
        return (await AskAsync<ConversationList>(request, cancellation).ConfigureAwait(false)).Conversations;
    }

    /// <summary>Reads what the account and somebody wrote to each other.</summary>
    /// <param name="with">The other person.</param>
    /// <param name="before">Only messages with a smaller id; null: the newest.</param>
    /// <param name="count">Most messages wanted, ≥ 0; the server may give fewer.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The newest of them, ascending by id; none: there are no older ones.</returns>
    public async Task<ImmutableArray<HistoryMessage>> ReadHistoryAsync(
        string with,
        long? before = null,
        int count = ReadHistory.DefaultCount,
        CancellationToken cancellation = default)
    {
        var request = new ReadHistory(with, before, count);
        return (await AskAsync<History>(request, cancellation).ConfigureAwait(false)).Messages;
    }

    /// <summary>Says that somebody's messages are read, up to one; they are told.</summary>
    /// <param name="with">Whose messages.</param>
    /// <param name="through">The id of the newest that is read.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task MarkReadAsync(string with, long through, CancellationToken cancellation = default) =>
        AskAsync<MarkedRead>(new MarkRead(with, through), cancellation);

    /// <summary>Deletes messages that this account received.</summary>
    /// <param name="ids">Which; those that name no such message are passed over.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteMessagesAsync(IEnumerable<long> ids, CancellationToken cancellation = default) =>
        (await AskAsync<MessagesDeleted>(new DeleteMessages([.. ids]), cancellation).ConfigureAwait(false)).Count;

    /// <summary>Lets somebody see that one is writing to them, or no more; it holds for some seconds.</summary>
    /// <param name="recipient">Who is to see it.</param>
    /// <param name="isTyping">Whether one is writing.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task TellTypingAsync(string recipient, bool isTyping = true, CancellationToken cancellation = default) =>
        AskAsync<TypingNoted>(new Typing(recipient, isTyping), cancellation);

    /// <summary>Asks who of some people is online, and to be told of changes from now on, over all connections, instead
    /// of those of the people asked for before.</summary>
    /// <param name="people">Their usernames, at most <see cref="Limits.MaxPresenceNames"/>; none ends the telling.
    /// </param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Those who are online, as they signed up.</returns>
    public async Task<ImmutableArray<string>> WatchPresenceAsync(
        IEnumerable<string> people, CancellationToken cancellation = default)
    {
        var request = new AskPresence([.. people]);
        return (await AskAsync<PresenceOf>(request, cancellation, _ => _connection.Watch(request))
            .ConfigureAwait(false)).Online;
    }

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

    /// <summary>Gives the account another password; all its resume tokens end with that, the session stays.</summary>
    /// <param name="oldPassword">As typed; only its hash is sent.</param>
    /// <param name="newPassword">The same.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task ChangePasswordAsync(
        Secret oldPassword, Secret newPassword, CancellationToken cancellation = default)
    {
        var hash = PasswordHash.Of(newPassword);
        await PasswordHash.AskAsync(
            oldPassword,
            old => AskAsync<PasswordChanged>(new ChangePassword(old, hash), cancellation, _ => Remember()))
            .ConfigureAwait(false);

        void Remember()
        {
            if (_connection.Login is { } login)
            {
                _connection.SetLogin(login with { Password = hash, Token = null, Kept = null });
            }
        }
    }

    /// <summary>Lists the logins of this account that a resume token keeps, the last used first.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<ImmutableArray<ListedLogin>> ListLoginsAsync(CancellationToken cancellation = default) =>
        (await AskAsync<LoginsListed>(new ListLogins(), cancellation).ConfigureAwait(false)).Logins;

    /// <summary>Ends one of the logins of this account: its tokens are dead, and the sessions that hang on it end.
    /// </summary>
    /// <param name="id">Which, as <see cref="ListLoginsAsync"/> lists it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Whether it was the one of this session, which has logged out with it.</returns>
    public async Task<bool> RevokeLoginAsync(long id, CancellationToken cancellation = default)
    {
        return (await AskAsync<LoginRevoked>(new RevokeLogin(id), cancellation, LeaveIfOwn)
            .ConfigureAwait(false)).IsOwn;

        void LeaveIfOwn(LoginRevoked revoked)
        {
            if (revoked.IsOwn) { _connection.SetLogin(login: null); }
        }
    }

    /// <summary>Keeps from this account what another sends from now on. That one is not told.</summary>
    /// <param name="username">Who; need not have written before.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task BlockAsync(string username, CancellationToken cancellation = default) =>
        AskAsync<Blocked>(new Block(username), cancellation);

    /// <summary>Lets another reach this account again. What it sent meanwhile stays away.</summary>
    /// <param name="username">Who.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task UnblockAsync(string username, CancellationToken cancellation = default) =>
        AskAsync<Unblocked>(new Unblock(username), cancellation);

    /// <summary>Lists whom this account blocks.</summary>
    /// <param name="after">The id of the last account of the page before; null: the first page.</param>
    /// <param name="count">Most accounts wanted, ≥ 0; the server gives at most <see cref="Limits.MaxListedBlocked"/>.
    /// </param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>One page, by ascending id; none: there are no more.</returns>
    public async Task<ImmutableArray<ListedAccount>> ListBlockedAsync(
        long? after = null, int count = ListBlocked.DefaultCount, CancellationToken cancellation = default) =>
        (await AskAsync<BlockedListed>(new ListBlocked(after, count), cancellation).ConfigureAwait(false)).Accounts;

    /// <summary>Deletes everything that someone has sent this account until now.</summary>
    /// <param name="username">Who.</param>
    /// <param name="cancellation">Stops waiting; the deletion goes on.</param>
    /// <returns>How many messages were deleted.</returns>
    public async Task<long> DeleteFromAsync(string username, CancellationToken cancellation = default) =>
        (await AskAsync<DeletedFrom>(new DeleteFrom(username), cancellation).ConfigureAwait(false)).Count;

    /// <summary>Deletes the account that is logged in, with every message it sent or received.</summary>
    /// <param name="password">As typed; only its hash is sent.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task DeleteAccountAsync(Secret password, CancellationToken cancellation = default)
    {
        if (_connection.Server == ServerCapabilities.Original) // it may not know that form of the request
        {
            try
            {
                await DeleteAccountAsync(new DeleteAccount(), cancellation).ConfigureAwait(false);
                return;
            }
            catch (RefusedException refused) when (refused.Code == ErrorCode.PasswordRequired)
            {
                // Then it does.
            }
        }
        await PasswordHash.AskAsync(
            password, hash => DeleteAccountAsync(new DeleteAccount(hash), cancellation)).ConfigureAwait(false);
    }

    private Task<AccountDeleted> DeleteAccountAsync(DeleteAccount request, CancellationToken cancellation) =>
        AskAsync<AccountDeleted>(request, cancellation, _ => _connection.SetLogin(login: null));
}
