using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What counts as received, and who is told of it. What clients that are pushed to receive is written a little later, so
// that many messages cost one row: if the process is killed before, those messages come again. Receipts are told behind
// it.
internal sealed partial class PersistenceActor
{
    private static readonly TimeSpan MarkDelay = TimeSpan.FromMilliseconds(50);

    private bool _willWriteMarks;

    private void ReceiveMarks()
    {
        Receive<MarkReceived>(Mark);
        Receive<WriteMarks>(_ =>
        {
            _willWriteMarks = false;
            Commit();
            try
            {
                SettleMarks();
            }
            catch (StorageException fault)
            {
                NoteFailure(fault);
                WriteMarksLater();
            }
        });
    }

    // With no batch open.
    private void SettleMarks()
    {
        if (_marks.Any) { Durably(_marks.WriteAll); }
        foreach (var (sender, receipt) in _receipts.TakeAll(Now())) { sender.Tell(receipt); }
    }

    private void Mark(MarkReceived mark)
    {
        // Another session has the account: what this one had not received in time is that one's to be handed.
        if (_online.TryFind(mark.Account, out var online) && !online.Session.Equals(Sender)) { return; }
        _marks.Raise(mark.Account, mark.Through);
        WriteMarksLater();
        if (!_online.AnyoneWantsReceipts) { return; }
        foreach (var message in mark.Earlier) { _receipts.Add(message.Sender, mark.By, message.Id); }
        _receipts.Add(mark.Sender, mark.By, mark.Through);
    }

    private void WriteMarksLater()
    {
        if (_willWriteMarks) { return; }
        _willWriteMarks = true;
        Timers.StartSingleTimer(WriteMarks.Instance, WriteMarks.Instance, MarkDelay);
    }

    // Before something is read that depends on it.
    private void WriteMark(AccountId account)
    {
        if (!_marks.IsRaised(account)) { return; }
        OpenBatch();
        _marks.Write(account);
    }

    private void WriteAllMarks()
    {
        if (!_marks.Any) { return; }
        OpenBatch();
        _marks.WriteAll();
    }

    private AwayFetched HandOverAway(TakeAway take)
    {
        _marks.Write(take.Account);
        var messages = _store.ReadUndelivered(
            take.Account, default, take.LiveAfter, take.Limit, Limits.MaxListedBytes);
        // The oldest are taken, so everything up to the last of them has been received.
        if (messages.Count > 0) { _store.AdvanceWatermark(take.Account, messages[^1].Id); }
        NoteReceived(take.Account, messages);
        return new AwayFetched(ForInbox(messages));
    }

    private DeliveredListed ListAndMarkReceived(ListReceived list)
    {
        _marks.Write(list.Account);
        var messages = _store.ReadDelivered(list.Account, list.LiveAfter, Limits.MaxListedBytes);
        // A client that polls has now received the live ones among them; the others are away again when it leaves.
        if (list.MarksLive && messages.Count > 0)
        {
            var beforeOldest = messages[0].Id.Value - 1;
            var after = new MessageId(Math.Max(list.LiveAfter.Value, beforeOldest));
            NoteReceivedAfter(list.Account, after);
            _store.MarkDeliveredAfter(list.Account, after);
        }
        return new DeliveredListed(ForInbox(messages));
    }

    // Before they are marked: which of them were not received yet is known only now, and asked only if anyone cares.
    private void NoteReceivedAfter(AccountId account, MessageId after)
    {
        if (!_online.AnyoneWantsReceipts) { return; }
        NoteReceived(account, _store.ReadUndelivered(
            account, after, new MessageId(_lastMessageId), int.MaxValue, Limits.MaxListedBytes));
    }

    private void NoteReceived(AccountId account, IReadOnlyList<StoredMessage> messages)
    {
        if (!_online.AnyoneWantsReceipts || !_online.TryFind(account, out var by)) { return; }
        var receipts = new DeliveredReceipts(_online);
        foreach (var message in messages) { receipts.Add(message.SenderId, by.Username, message.Id); }
        foreach (var (sender, receipt) in receipts.TakeAll(Now())) { _batch.HoldDelivery(sender, receipt); }
    }

    /// <summary>Write what has risen. The actor tells it itself.</summary>
    private sealed record WriteMarks
    {
        public static WriteMarks Instance { get; } = new();
    }
}
