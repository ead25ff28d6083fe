using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Messages: stored, handed over, delivered, read.
internal sealed partial class PersistenceActor
{
    private static readonly MessageStored Stored = new();
    internal static readonly TimeSpan WatermarkDelay = TimeSpan.FromMilliseconds(50);

    // Read, marked and listed in a millisecond or two.
    private const int MessagesAtOnce = 500;

    private void ReceiveMessages()
    {
        HandleWrite<StoreMessage>(Store);
        HandleWrite<FetchUndelivered>(Fetch);
        HandleWrite<MarkInboxDelivered>(MarkDelivered);
        HandleWrite<ListAndDeliver>(ListDelivered);
        HandleWrite<DiscardMessages>(Discard);
        HandleRead<ReadUndelivered>(ReadPage);
        HandleRead<CountUndelivered>(Count);
        Receive<ConfirmDelivery>(Confirm);
        Receive<WatermarksDue>(_ => WriteWatermarks());
    }

    private void ReceiveConversations()
    {
        HandleWrite<MarkConversationRead>(MarkRead);
        HandleWithoutStore<RelayTyping>(Relay);
        HandleWithoutStore<FindPresent>(find => ListPresent(find, Sender));
        Handle<FindPresentContacts>(find =>
        {
            var asker = Sender; // another one's message may be handled when it is read again
            _commit.Read(asker, find, again => ListPresentContacts(again, asker));
        });
        HandleWithoutStore<WatchAgain>(WatchAgain);
        ForwardToReader();
    }

    private Answered Store(StoreMessage message)
    {
        if (_accounts.Find(message.RecipientKey) is not { } recipient)
        {
            return new Answered(message.Request, Refusals.NoSuchRecipient);
        }
        _commit.CountContent(message.Content); // a retry is compared with what was stored
        var id = new MessageId(_lastMessageId + 1);
        var sentAt = Now();
        var isWithheld = _store.IsBlocked(recipient.Id, message.Account);
        var added = new NewMessage(
            id, message.Account, recipient.Id, message.Content, sentAt, message.ClientId, isWithheld);
        // What was stored before is answered as it was then, whatever there is room for now.
        var refusal = _freeSpace.IsReached
            ? Refusals.StorageFull(Operation.SendMessage)
            : _quotas.TryTake(added);
        if (refusal is not null)
        {
            var first = _store.FindFirstSend(added);
            return new Answered(message.Request, first is null ? refusal : AnswerAgain(first.Value));
        }
        _store.AddMessage(added);
        _metrics?.NoteAdded();
        _lastMessageId = id.Value;

        if (!isWithheld) { Announce(message, recipient, id, sentAt); }
        return new Answered(
            message.Request, message.ClientId is null ? Stored : new MessageStored(new StoredAs(id.Value, sentAt)));
    }

    private void Announce(StoreMessage message, AccountName recipient, MessageId id, DateTimeOffset sentAt)
    {
        if (_sessions.TryFind(recipient.Id, out var online))
        {
            var arrived = new MessageArrived(
                id.Value, message.Sender, recipient.Username, message.Content, sentAt, Away: false);
            _commit.TellWhenDurable(online.Session, new LiveMessage(arrived, message.Account));
        }
        if (_sessions.AnyoneListens && _sessions.ListenersOf(recipient.Id).Any()) { _grown[recipient.Id] = id; }
    }

    // A batch that is durable tells which of its messages were sent before: they get the first answer, and nobody gets
    // them.
    private static object? Correct(object message, IReadOnlyDictionary<MessageId, FirstSend> sentBefore) =>
        message switch
        {
            Answered { Response: MessageStored { As: { } stored } } answered
                when sentBefore.TryGetValue(new MessageId(stored.Id), out var first) =>
                answered with { Response = AnswerAgain(first) },
            LiveMessage live when sentBefore.ContainsKey(new MessageId(live.Event.Id)) => null,
            _ => message,
        };

    private static Response AnswerAgain(FirstSend first) => first.IsSame
        ? new MessageStored(new StoredAs(first.Id.Value, first.SentAt))
        : Refusals.ClientIdReused;

    private Reply Discard(DiscardMessages discard)
    {
        var (looked, deleted) = _store.DeleteMessages(discard.Account, discard.Ids);
        deleted += discard.Deleted;
        return looked == discard.Ids.Length
            ? new Answered(discard.Request, new MessagesDeleted(deleted))
            : new PartDone(discard.Request, discard with { Ids = discard.Ids[looked..], Deleted = deleted });
    }

    private Reply Count(CountUndelivered count) =>
        _store.CountUndelivered(count.Account, _watermarks.Of(count.Account), count.LiveAfter) is { } undelivered
            ? new Answered(count.Request, new UnreadCounted(undelivered))
            : new PartDone(count.Request, count);

    private UndeliveredRead ReadPage(ReadUndelivered read)
    {
        var newest = new MessageId(_lastMessageId);
        var page = _sessions.TryFind(read.Account, out var own) && own.DeliveredBeside is { } beside
            ? _store.ReadUnmarked(read.Account, Later(read.After, beside), newest, read.Limit, read.MaxBytes)
            : _store.ReadUndelivered(
                read.Account, Later(read.After, _watermarks.Of(read.Account)), newest, read.Limit, read.MaxBytes);
        CountContent(page);
        // Short of the limit may also mean that the bytes were used up, so only an empty page is surely the last.
        return new UndeliveredRead(read.After, page, IsLast: page.Count == 0);
    }

    private Answered Fetch(FetchUndelivered fetch)
    {
        _watermarks.Write(fetch.Account);
        var messages = _store.ReadUndelivered(
            fetch.Account, default, fetch.LiveAfter, fetch.Limit, Limits.MaxListedBytes);
        // The oldest are taken, so everything up to the last of them is delivered.
        if (messages.Count > 0) { Deliver(fetch.Account, messages, messages[^1].Id); }
        return new Answered(fetch.Request, new AwayFetched(ForInbox(messages)));
    }

    private Reply MarkDelivered(MarkInboxDelivered mark)
    {
        _watermarks.Write(mark.Account);
        var limit = _sessions.AnyoneWantsReceipts ? MessagesAtOnce : 1;
        var messages = _store.ReadUndelivered(
            mark.Account, default, mark.Through, limit, Limits.MaxListedBytes);
        if (messages.Count == 0) { return new Answered(mark.Request, new MarkedDelivered()); }
        if (limit == 1)
        {
            Deliver(mark.Account, messages, mark.Through);
            return new Answered(mark.Request, new MarkedDelivered());
        }
        Deliver(mark.Account, messages, messages[^1].Id);
        // What is stored between the parts is not meant.
        return new PartDone(mark.Request, mark with { Through = Earlier(mark.Through, new MessageId(_lastMessageId)) });
    }

    // Everything up to there is delivered, from these messages on.
    private void Deliver(AccountId account, IReadOnlyList<StoredMessage> messages, MessageId through)
    {
        _store.AdvanceWatermark(account, through);
        if (_sessions.TryFind(account, out var own) && !own.Session.Equals(Sender))
        {
            _sessions.NoteDeliveredBeside(own, new MessageId(messages[0].Id.Value - 1));
        }
        TellReceipts(messages);
    }

    private Reply ListDelivered(ListAndDeliver list)
    {
        _watermarks.Write(list.Account);
        var budget = list.Budget ?? new ByteBudget(Limits.MaxListedBytes);
        var messages = _store.ReadDelivered(list.Account, list.LiveAfter, list.Before, MessagesAtOnce, budget);
        // A client that polls gets the live ones among them; the others are away again when it leaves.
        if (list.DeliversLive && messages.Count > 0)
        {
            var beforeOldest = messages[0].Id.Value - 1;
            var after = new MessageId(Math.Max(list.LiveAfter.Value, beforeOldest));
            DeliverLive(list.Account, after, messages[^1].Id);
        }
        var listed = list.Listed.AddRange(ForInbox(messages).Reverse());
        return messages.Count == MessagesAtOnce && !budget.IsSpent
            ? new PartDone(list.Request, list with
            {
                Listed = listed,
                Before = messages[0].Id,
                Budget = budget,
            })
            : new Answered(list.Request, new DeliveredListed([.. listed.Reverse()]));
    }

    // Afterwards the store cannot tell which of them were undelivered.
    private void DeliverLive(AccountId account, MessageId after, MessageId through)
    {
        if (through.Value <= after.Value) { return; }
        if (_sessions.AnyoneWantsReceipts)
        {
            TellReceipts(_store.ReadUndelivered(account, after, through, MessagesAtOnce, int.MaxValue));
        }
        _store.MarkDeliveredAfter(account, after, through);
    }

    private void TellReceipts(IReadOnlyList<StoredMessage> messages)
    {
        if (!_sessions.AnyoneWantsReceipts || !_sessions.TryFindBound(Sender, out var by)) { return; }
        var receipts = new DeliveredReceipts<IActorRef>(_sessions, IsKeptFrom);
        foreach (var message in messages) { receipts.Add(message.SenderId, by.Account, by.Username, message.Id); }
        foreach (var (sender, receipt) in receipts.TakeAll(Now())) { _commit.TellWhenDurable(sender, receipt); }
    }

    private ImmutableArray<InboxMessage> ForInbox(IReadOnlyList<StoredMessage> messages)
    {
        CountContent(messages);
        return [.. messages.Select(message => new InboxMessage(message.Id.Value, message.Sender, message.Content))];
    }

    // What was read waits in memory for the batch, as what is written does.
    private void CountContent(IReadOnlyList<StoredMessage> messages)
    {
        foreach (var message in messages) { _commit.CountContent(message.Content); }
    }

    private void Confirm(ConfirmDelivery delivery)
    {
        // Another session has taken the account over: what this one had not acknowledged in time is pushed to that one.
        if (_sessions.TryFind(delivery.Account, out var online) && !online.Session.Equals(Sender)) { return; }
        _watermarks.Raise(delivery.Account, delivery.Through);
        WriteWatermarksLater();
        if (!_sessions.AnyoneWantsReceipts) { return; }
        foreach (var message in delivery.Earlier)
        {
            _receipts.Add(message.Sender, delivery.Account, delivery.By, message.Id);
        }
        _receipts.Add(delivery.Sender, delivery.Account, delivery.By, delivery.Through);
    }

    private void WriteWatermarksLater()
    {
        if (!_watermarks.Any || Timers.IsTimerActive(WatermarksDue.Instance)) { return; }
        Timers.StartSingleTimer(WatermarksDue.Instance, WatermarksDue.Instance, WatermarkDelay);
    }

    // Receipts are told when what they say is durable: also if another command has written it in the batch that is
    // open.
    private void WriteWatermarks()
    {
        if (_watermarks.Any) { _commit.CommitWith(_watermarks.WriteAll); }
        else { _commit.Commit(); }
        if (_watermarks.Any) { return; } // undone, and tried again
        foreach (var (sender, receipt) in _receipts.TakeAll(Now())) { sender.Tell(receipt, Self); }
    }

    private Answered MarkRead(MarkConversationRead mark)
    {
        if (_accounts.Find(mark.WithKey) is not { } sender) { return new Answered(mark.Request, new MarkedRead()); }
        var read = _store.MarkReadThrough(mark.Account, sender.Id, mark.Through, Limits.MaxReceiptIds);
        var isWanted = _sessions.IsWanted(Features.Receipts, sender.Id) && !_store.IsBlocked(mark.Account, sender.Id);
        if (read.Count > 0 && isWanted)
        {
            var receipt = new DeliverEvent(new ReceiptArrived(
                ReceiptKind.Read, mark.Username, [.. read.Select(id => id.Value)], Now()));
            foreach (var session in _sessions.Wanting(Features.Receipts, sender.Id))
            {
                _commit.TellWhenDurable(session, receipt);
            }
        }
        return new Answered(mark.Request, new MarkedRead());
    }

    // Once a batch: the newest message stands for those before it.
    private void TellListeners()
    {
        foreach (var (account, through) in _grown)
        {
            var news = new DeliverEvent(new InboxGrew(through.Value));
            foreach (var session in _sessions.ListenersOf(account)) { session.Tell(news, Self); }
        }
        _grown.Clear();
    }

    private static MessageId Earlier(MessageId one, MessageId other) => one.Value < other.Value ? one : other;

    private static MessageId Later(MessageId one, MessageId other) => one.Value < other.Value ? other : one;

    /// <summary>Write the pending watermarks. The actor tells it itself.</summary>
    private sealed record WatermarksDue
    {
        public static WatermarksDue Instance { get; } = new();
    }
}
