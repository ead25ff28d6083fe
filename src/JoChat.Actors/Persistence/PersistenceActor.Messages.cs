using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Messages: stored, handed over, delivered, read.
internal sealed partial class PersistenceActor
{
    private static readonly MessageStored Stored = new();
    private static readonly TimeSpan WatermarkDelay = TimeSpan.FromMilliseconds(50);

    private void ReceiveMessages()
    {
        HandleWrite<StoreMessage>(Store);
        HandleWrite<FetchUndelivered>(Fetch);
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
        HandleWithoutStore<FindPresent>(ListPresent);
        ForwardToReader();
    }

    private Answered Store(StoreMessage message)
    {
        if (_accounts.Find(message.RecipientKey) is not { } recipient)
        {
            return new Answered(message.Request, Refusals.NoSuchRecipient);
        }
        var id = new MessageId(_lastMessageId + 1);
        var sentAt = Now();
        var first = _store.AddMessage(new NewMessage(
            id, message.Account, recipient.Id, message.Content, sentAt, message.ClientId));
        if (first is not null) { return new Answered(message.Request, AnswerAgain(first.Value)); }
        _lastMessageId = id.Value;
        _commit.CountContent(message.Content);

        if (_sessions.TryFind(recipient.Id, out var online))
        {
            var arrived = new MessageArrived(
                id.Value, message.Sender, recipient.Username, message.Content, sentAt, Away: false);
            _commit.TellWhenDurable(online.Session, new LiveMessage(arrived, message.Account));
        }
        return new Answered(
            message.Request, message.ClientId is null ? Stored : new MessageStored(new StoredAs(id.Value, sentAt)));
    }

    private static Response AnswerAgain(FirstSend first) => first.IsSame
        ? new MessageStored(new StoredAs(first.Id.Value, first.SentAt))
        : Refusals.ClientIdReused;

    private Answered Discard(DiscardMessages discard) =>
        new(discard.Request, new MessagesDeleted(_store.DeleteMessages(discard.Account, discard.Ids)));

    private Answered Count(CountUndelivered count) => new(count.Request, new UnreadCounted(
        _store.CountUndelivered(count.Account, _watermarks.Of(count.Account), count.LiveAfter)));

    private UndeliveredRead ReadPage(ReadUndelivered read)
    {
        var after = Math.Max(read.After.Value, _watermarks.Of(read.Account).Value);
        var newest = new MessageId(_lastMessageId);
        var page = _store.ReadUndelivered(read.Account, new MessageId(after), newest, read.Limit, read.MaxBytes);
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
        if (messages.Count > 0) { _store.AdvanceWatermark(fetch.Account, messages[^1].Id); }
        TellReceipts(fetch.Account, messages);
        return new Answered(fetch.Request, new AwayFetched(ForInbox(messages)));
    }

    private Answered ListDelivered(ListAndDeliver list)
    {
        _watermarks.Write(list.Account);
        var messages = _store.ReadDelivered(list.Account, list.LiveAfter, Limits.MaxListedBytes);
        // A client that polls has now got the live ones among them; the others are away again when it leaves.
        if (list.DeliversLive && messages.Count > 0)
        {
            var beforeOldest = messages[0].Id.Value - 1;
            var after = new MessageId(Math.Max(list.LiveAfter.Value, beforeOldest));
            TellReceiptsAfter(list.Account, after);
            _store.MarkDeliveredAfter(list.Account, after);
        }
        return new Answered(list.Request, new DeliveredListed(ForInbox(messages)));
    }

    // To be called before they are marked: afterwards the store cannot tell which of them were undelivered.
    private void TellReceiptsAfter(AccountId account, MessageId after)
    {
        if (!_sessions.AnyoneWantsReceipts) { return; }
        TellReceipts(account, _store.ReadUndelivered(
            account, after, new MessageId(_lastMessageId), int.MaxValue, Limits.MaxListedBytes));
    }

    private void TellReceipts(AccountId account, IReadOnlyList<StoredMessage> messages)
    {
        if (!_sessions.AnyoneWantsReceipts || !_sessions.TryFind(account, out var by)) { return; }
        var receipts = new DeliveredReceipts<IActorRef>(_sessions);
        foreach (var message in messages) { receipts.Add(message.SenderId, by.Username, message.Id); }
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
        foreach (var message in delivery.Earlier) { _receipts.Add(message.Sender, delivery.By, message.Id); }
        _receipts.Add(delivery.Sender, delivery.By, delivery.Through);
    }

    private void WriteWatermarksLater()
    {
        if (!_watermarks.Any || Timers.IsTimerActive(WatermarksDue.Instance)) { return; }
        Timers.StartSingleTimer(WatermarksDue.Instance, WatermarksDue.Instance, WatermarkDelay);
    }

    // Receipts are told when what they say is durable: also if another command has written it in the batch that is open.
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
        if (read.Count > 0 && _sessions.TryFind(sender.Id, out var online) && online.Wants(Features.Receipts))
        {
            _commit.TellWhenDurable(online.Session, new DeliverEvent(new ReceiptArrived(
                ReceiptKind.Read, mark.Username, [.. read.Select(id => id.Value)], Now())));
        }
        return new Answered(mark.Request, new MarkedRead());
    }

    private Answered Relay(RelayTyping typing)
    {
        if (_sessions.TryFind(typing.RecipientKey, out var recipient) && recipient.Wants(Features.Typing))
        {
            recipient.Session.Tell(new DeliverEvent(new TypingArrived(typing.Username, typing.IsTyping)), Self);
        }
        return new Answered(typing.Request, new TypingNoted());
    }

    private Answered ListPresent(FindPresent find)
    {
        _sessions.Watch(Sender, find.AndWatch ? find.NameKeys : []);
        var present = ImmutableArray.CreateBuilder<string>();
        foreach (var key in find.NameKeys)
        {
            if (_sessions.TryFind(key, out var online)) { present.Add(online.Username); }
        }
        return new Answered(find.Request, new PresenceOf(present.DrainToImmutable()));
    }

    /// <summary>Write the pending watermarks. The actor tells it itself.</summary>
    private sealed record WatermarksDue
    {
        public static WatermarksDue Instance { get; } = new();
    }
}
