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
internal sealed partial class PersistenceActor : ReceiveActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    private static readonly MessageStored Stored = new();

    private readonly IChatStore _store;
    private readonly IActorRef _browsing;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OnlineSessions _online = new();
    private readonly PresenceWatchers _watchers = new();
    private readonly KnownAccounts _accounts;
    private readonly RaisedMarks _marks;
    private readonly DeliveredReceipts _receipts;
    private readonly Batch _batch;
    private long _lastMessageId;
    private int _failedBatches;

    public PersistenceActor(
        IChatStore store, IActorRef browsing, PersistenceOptions options, TimeProvider time, ILogger logger)
    {
        (_store, _browsing, _time, _logger) = (store, browsing, time, logger);
        (_accounts, _marks, _receipts) = (new(store), new(store), new(_online));
        _batch = new Batch(store, options);
        _lastMessageId = store.LastMessageId.Value;

        ReceiveMessages();
        ReceiveMarks();
        ReceiveConversations();
        ReceiveSessions();

        Receive<CommitBatch>(_ => Commit());
        Alone<Flush>(Finish);
    }

    // A graceful stop commits first (ChatService). What is open here was cut off by a fault, and nobody was told of it.
    protected override void PostStop() => _store.Rollback();

    private void ReceiveMessages()
    {
        InBatch<StoreMessage>(Store);
        InBatch<TakeAway>(HandOverAway);
        InBatch<ListReceived>(ListAndMarkReceived);
        InBatch<DiscardMessages>(discard => new MessagesDeleted(_store.DeleteMessages(discard.Account, discard.Ids)));

        Reading<ReadBacklog>(ReadPage);
        Reading<CountAway>(CountWaiting);
    }

    private Response Store(StoreMessage message)
    {
        if (_accounts.Find(message.RecipientKey) is not { } recipient) { return Refusals.NoSuchRecipient; }

        var id = new MessageId(_lastMessageId + 1);
        var sentAt = Now();
        var first = _store.AddMessage(new NewMessage(
            id, message.Account, recipient.Id, message.Content, sentAt, message.ClientId));
        if (first is not null) { return AnswerAgain(first.Value); }
        _lastMessageId = id.Value;
        _batch.CountContent(message.Content);

        if (_online.TryFind(recipient.Id, out var online))
        {
            var arrived = new MessageArrived(
                id.Value, message.Sender, recipient.Username, message.Content, sentAt, Away: false);
            _batch.HoldDelivery(online.Session, new LiveMessage(arrived, message.Account));
        }
        return message.ClientId is null ? Stored : new MessageStored(new StoredAs(id.Value, sentAt));
    }

    private static Response AnswerAgain(FirstSend first) => first.IsSame
        ? new MessageStored(new StoredAs(first.Id.Value, first.SentAt))
        : Refusals.ClientIdReused;

    // To the millisecond, as it is stored and as it is told.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private UnreadCounted CountWaiting(CountAway count)
    {
        WriteMark(count.Account);
        return new UnreadCounted(_store.CountUndelivered(count.Account, default, count.LiveAfter));
    }

    private BacklogRead ReadPage(ReadBacklog read)
    {
        if (read.After == default) { WriteMark(read.Account); } // else all that is marked lies before
        var newest = new MessageId(_lastMessageId);
        var page = _store.ReadUndelivered(read.Account, read.After, newest, read.Limit, read.MaxBytes);
        CountContent(page);
        // Short of the limit may also mean that the bytes were used up, so only an empty page is surely the last.
        return new BacklogRead(read.After, page, IsLast: page.Count == 0);
    }

    // Answered by itself: all that came before it is durable.
    private Flush Finish(Flush flush)
    {
        SettleMarks();
        return flush;
    }

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
