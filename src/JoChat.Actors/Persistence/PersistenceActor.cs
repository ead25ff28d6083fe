using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The coarse lock over the store: the one writer, and the one who knows who is online. A message is stored
/// first, acknowledged second, delivered third.</summary>
/// <remarks>
/// Group commit: the first write of a batch tells the actor itself to commit, and whatever is in the mailbox before
/// that message joins the batch. So a batch is as large as the load makes it, and a lone write waits for nobody.
/// Everything that is answered while a batch is open, reads included, may rest on what is not durable yet and waits for
/// the commit. Store calls block: the actor has a thread of its own, unless it is configured otherwise.
/// </remarks>
internal sealed partial class PersistenceActor : ReceiveActor
{
    private readonly IChatStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OnlineSessions _online = new();
    private readonly Batch _batch;
    private long _lastMessageId;
    private int _failedBatches;

    public PersistenceActor(IChatStore store, PersistenceOptions options, TimeProvider time, ILogger logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _batch = new Batch(store, options);
        _lastMessageId = store.LastMessageId.Value;

        InBatch<CreateAccount>(AddAccount);
        InBatch<StoreMessage>(Store);
        InBatch<TakeAway>(HandOverAway);
        InBatch<ListReceived>(ListAndMarkReceived);
        InBatch<DiscardMessages>(discard => new MessagesDeleted(_store.DeleteMessages(discard.Account, discard.Ids)));
        InBatch<MarkReceived>(Mark);

        Reading<LookUpAccount>(lookUp => new AccountLookedUp(_store.FindAccount(lookUp.UsernameKey)));
        Reading<CountAway>(count => new UnreadCounted(_store.CountWaiting(count.Account, count.LiveAfter)));
        Reading<ReadBacklog>(ReadPage);
        Reading<FindAccounts>(ListAccounts);

        Alone<BeginSession>(Begin);
        Alone<EndSession>(End);
        Alone<RemoveAccount>(Remove);
        Alone<ResetStore>(Reset);

        Receive<CommitBatch>(_ => Commit());
        Alone<Flush>(flush => flush); // answered by itself: all that came before it is durable
        Receive<Terminated>(session => _online.Unbind(session.ActorRef));
    }

    // A graceful stop commits first (ChatService). What is open here was cut off by a fault, and nobody was told of it.
    protected override void PostStop() => _store.Rollback();

    private Response AddAccount(CreateAccount create)
    {
        var id = _store.AddAccount(create.Name.Text, create.Name.Key, create.PasswordHash, _time.GetUtcNow());
        return id is null ? Refusals.UsernameTaken : new SignedUp();
    }

    private Response Store(StoreMessage message)
    {
        if (_store.FindAccount(message.RecipientKey) is not { } recipient) { return Refusals.NoSuchRecipient; }

        var id = new MessageId(++_lastMessageId);
        var sentAt = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        _store.AddMessage(new NewMessage(id, message.Account, recipient.Id, message.Content, sentAt));
        _batch.CountContent(message.Content);

        if (_online.TryGetSession(recipient.Id, out var session))
        {
            _batch.HoldDelivery(session, new LiveMessage(new MessageArrived(
                id.Value, message.Sender, recipient.Username, message.Content, sentAt, Away: false)));
        }
        return new MessageStored();
    }

    private AwayFetched HandOverAway(TakeAway take)
    {
        var messages = _store.ReadWaiting(
            take.Account, default, take.LiveAfter, take.Limit, Limits.MaxListedBytes);
        // The oldest are taken, so everything up to the last of them has been received.
        if (messages.Count > 0) { _store.MarkReceivedThrough(take.Account, messages[^1].Id); }
        return new AwayFetched(ForInbox(messages));
    }

    private DeliveredListed ListAndMarkReceived(ListReceived list)
    {
        var messages = _store.ReadReceived(list.Account, list.LiveAfter, Limits.MaxListedBytes);
        // A client that polls has now received the live ones among them; the others are away again when it leaves.
        if (messages.Count > 0)
        {
            var beforeOldest = messages[0].Id.Value - 1;
            _store.MarkReceivedAfter(list.Account, new MessageId(Math.Max(list.LiveAfter.Value, beforeOldest)));
        }
        return new DeliveredListed(ForInbox(messages));
    }

    private Response? Mark(MarkReceived mark)
    {
        _store.MarkReceivedThrough(mark.Account, mark.Through);
        return null;
    }

    private BacklogRead ReadPage(ReadBacklog read)
    {
        var newest = new MessageId(_lastMessageId);
        var page = _store.ReadWaiting(read.Account, read.After, newest, read.Limit, read.MaxBytes);
        CountContent(page);
        // Short of the limit may also mean that the bytes were used up, so only an empty page is surely the last.
        return new BacklogRead(page, IsLast: page.Count == 0);
    }

    private AccountsListed ListAccounts(FindAccounts find) =>
        new([.. _store.ListAccounts(find.KeyPattern, find.Start, find.Count)
            .Select(account => new ListedAccount(account.Id.Value, account.Username))]);

    private ImmutableArray<InboxMessage> ForInbox(IReadOnlyList<StoredMessage> messages)
    {
        CountContent(messages);
        return [.. messages.Select(message => new InboxMessage(message.Id.Value, message.Sender, message.Content))];
    }

    // What was read waits in memory for the batch, as what is written does.
    private void CountContent(IReadOnlyList<StoredMessage> messages)
    {
        foreach (var message in messages) { _batch.CountContent(message.Content); }
    }

    /// <summary>Commit what is open. The actor tells it itself.</summary>
    private sealed record CommitBatch
    {
        public static CommitBatch Instance { get; } = new();
    }
}
