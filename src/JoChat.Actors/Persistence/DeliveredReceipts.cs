using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Messages that were delivered, as far as a session of their sender cares: one receipt a recipient, of the
/// newest <see cref="Limits.MaxReceiptIds"/>.</summary>
/// <param name="sessions">Who wants them.</param>
/// <param name="isBlocked">Whether a recipient blocks a sender, who is then told nothing.</param>
internal sealed class DeliveredReceipts<TSession>(
    SessionRegistry<TSession> sessions, Func<AccountId, AccountId, bool> isBlocked) where TSession : notnull
{
    private readonly Dictionary<(AccountId Sender, string By), SortedSet<long>> _ids = [];

    public void Add(AccountId sender, AccountId recipient, string by, MessageId id)
    {
        if (!sessions.IsWanted(Features.Receipts, sender)) { return; }
        if (!_ids.TryGetValue((sender, by), out var ids))
        {
            if (isBlocked(recipient, sender)) { return; }
            _ids.Add((sender, by), ids = []);
        }
        ids.Add(id.Value);
        if (ids.Count > Limits.MaxReceiptIds) { ids.Remove(ids.Min); }
    }

    /// <summary>Takes the receipts, and which of the senders' sessions are to be told them. They may be told only when
    /// what they say is durable.</summary>
    public IReadOnlyList<(TSession Sender, DeliverEvent Receipt)> TakeAll(DateTimeOffset now)
    {
        var receipts = new List<(TSession, DeliverEvent)>(_ids.Count);
        foreach (var ((sender, by), ids) in _ids)
        {
            var receipt = new DeliverEvent(new ReceiptArrived(ReceiptKind.Delivered, by, [.. ids], now));
            foreach (var session in sessions.Wanting(Features.Receipts, sender)) { receipts.Add((session, receipt)); }
        }
        _ids.Clear();
        return receipts;
    }
}
