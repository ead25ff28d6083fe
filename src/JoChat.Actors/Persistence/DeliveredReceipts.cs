using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>The messages that are received in the open batch, as far as their sender is online and cares: one receipt a
/// recipient and batch, of the newest <see cref="Limits.MaxReceiptIds"/>.</summary>
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

    /// <summary>Leaves the receipts to the batch, to be told when it is durable.</summary>
    public void MoveTo(Batch batch, DateTimeOffset now)
    {
        foreach (var ((sender, by), ids) in _ids)
        {
            if (!online.TryFind(sender, out var session)) { continue; }
            batch.HoldDelivery(session.Session, new Announcement(
                new ReceiptArrived(ReceiptKind.Delivered, by, [.. ids], now)));
        }
        Clear();
    }

    public void Clear() => _ids.Clear();
}
