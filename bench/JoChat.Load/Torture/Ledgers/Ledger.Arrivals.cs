using JoChat.Protocol;

namespace JoChat.Load.Torture;

// What recipients received, and what both sides' histories hold.
internal sealed partial class Ledger
{
    /// <summary>Notes a message that came to its recipient.</summary>
    /// <returns>The message; null if nobody sent it so.</returns>
    public SentMessage? NoteArrival(in Arrival arrival)
    {
        lock (_gate)
        {
            if (Find(arrival.Sender, arrival.Recipient, arrival.Text) is not { } message)
            {
                _findings.Add(Finding.Altered, $"{arrival.Recipient} got what nobody sent: {arrival}");
                return null;
            }
            JudgeReturn(message, arrival);
            if (message.SeenId == 0) { NoteFirst(message, arrival); }
            else if (message.SeenId != arrival.Id)
            {
                _findings.Add(Finding.Duplicated, $"also came as {message.SeenId}: {arrival}");
            }
            return message;
        }
    }

    /// <summary>Notes that an acknowledgement of these was written.</summary>
    public void NoteAcknowledged(IEnumerable<SentMessage?> messages)
    {
        lock (_gate)
        {
            _clock++;
            foreach (var message in messages)
            {
                if (message is not null) { message.AcknowledgedAt = _clock; }
            }
        }
    }

    /// <summary>Notes a message that came to who follows an account's inbox.</summary>
    public void NoteFollowed(string recipient, in HistoryMessage stored)
    {
        lock (_gate)
        {
            if (stored.Recipient != recipient || Find(stored.Sender, recipient, stored.Content) is not { } message)
            {
                _findings.Add(Finding.Altered, $"{recipient}'s inbox has what nobody sent: {stored}");
                return;
            }
            if (message.IsFollowed || (message.Id != 0 && message.Id != stored.Id))
            {
                _findings.Add(Finding.Duplicated, $"acknowledged as {message.Id}, in {recipient}'s inbox: {stored}");
            }
            message.IsFollowed = true;
        }
    }

    /// <summary>Notes that all of an account's inbox was followed: nothing that was acknowledged may be missing.</summary>
    public void NoteFollowedToTheEnd(string recipient)
    {
        lock (_gate) { _followed.Add(recipient); }
    }

    /// <summary>Notes a message in the history of one of its two sides.</summary>
    public void NoteHistory(string reader, in HistoryMessage stored)
    {
        lock (_gate)
        {
            if (Find(stored.Sender, stored.Recipient, stored.Content) is not { } message)
            {
                _findings.Add(Finding.Altered, $"{reader}'s history has what nobody sent: {stored}");
                return;
            }
            if (message.Id != stored.Id)
            {
                _findings.Add(Finding.Duplicated, $"acknowledged as {message.Id}, in {reader}'s history: {stored}");
                return;
            }
            if (reader == stored.Sender) { message.IsInSendersHistory = true; }
            if (reader == stored.Recipient) { message.IsInRecipientsHistory = true; }
        }
    }

    // After its receipt a message is not delivered to a later login. A list may always show it.
    private void JudgeReturn(SentMessage message, in Arrival arrival)
    {
        if (arrival.Path != DeliveryPath.List && message.ReceiptAt > 0 && message.ReceiptAt < arrival.LoginAt)
        {
            _findings.Add(Finding.Duplicated, $"handed over again after its receipt: {arrival}");
        }
    }

    private void NoteFirst(SentMessage message, in Arrival arrival)
    {
        var stream = message.Stream;
        (message.SeenId, message.SeenAt) = (arrival.Id, ++_clock);
        stream.Know(arrival.Id, message);
        if (acknowledging.Contains(arrival.Recipient) && arrival.Id < stream.LastSeenId)
        {
            _findings.Add(Finding.Misordered, $"came behind {stream.LastSeenId}: {arrival}");
        }
        stream.LastSeenId = Math.Max(stream.LastSeenId, arrival.Id);
    }
}
