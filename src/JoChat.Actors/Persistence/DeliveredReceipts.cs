using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Messages that were received, as far as their sender is online and cares: one receipt a recipient, of the
/// newest <see cref="Limits.MaxReceiptIds"/>.</summary>
internal sealed class DeliveredReceipts(OnlineSessions online)
{
    private readonly Dictionary<(AccountId Sender, string By), SortedSet<long>> _ids = [];

    public void Add(AccountId sender, string by, MessageId id)
    {
        if (!online.TryFind(sender, out var session) || !session.Wants(Features.Receipts)) { return; }
        if (!_ids.TryGetValue((sender, by), out var ids)) { _ids.Add((sender, by), ids = []); }
        ids.Add(id.Value);
        if (ids.Count > Limits.MaxReceiptIds) { ids.Remove(ids.Min); }
    }

    /// <summary>Takes the receipts of senders who are still online, and whom to tell them. They may be told only when
    /// what they say is durable.</summary>
    public IReadOnlyList<(IActorRef Sender, Announcement Receipt)> TakeAll(DateTimeOffset now)
    {
        var receipts = new List<(IActorRef, Announcement)>(_ids.Count);
        foreach (var ((sender, by), ids) in _ids)
        {
            if (!online.TryFind(sender, out var session)) { continue; }
            var receipt = new ReceiptArrived(ReceiptKind.Delivered, by, [.. ids], now);
            receipts.Add((session.Session, new Announcement(receipt)));
        }
        _ids.Clear();
        return receipts;
    }
}
