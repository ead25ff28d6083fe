using JoChat.Protocol;

namespace JoChat.Actors;

// The people an account talks with: what was read, who is there and who is writing. What was said, the BrowseActor
// reads.
internal sealed partial class PersistenceActor
{
    private void ReceiveConversations()
    {
        InBatch<NoteRead>(MarkRead);
        HandOn<FindConversations>();
        HandOn<FindHistory>();
        Reading<NoteTyping>(TellTyping);
        Reading<FindPresent>(ListPresent);
    }

    private MarkedRead MarkRead(NoteRead note)
    {
        if (_accounts.Find(note.WithKey) is not { } sender) { return new MarkedRead(); }
        var read = _store.MarkReadThrough(note.Account, sender.Id, note.Through, Limits.MaxReceiptIds);
        if (read.Count > 0 && _online.TryFind(sender.Id, out var online) && online.Wants(Features.Receipts))
        {
            Tell(online, new ReceiptArrived(
                ReceiptKind.Read, note.Username, [.. read.Select(id => id.Value)], Now()));
        }
        return new MarkedRead();
    }

    private TypingNoted TellTyping(NoteTyping note)
    {
        if (_online.TryFind(note.RecipientKey, out var recipient) && recipient.Wants(Features.Typing))
        {
            Tell(recipient, new TypingArrived(note.Username, note.IsTyping));
        }
        return new TypingNoted();
    }

    private PresenceOf ListPresent(FindPresent find)
    {
        _watchers.Watch(Sender, find.AndWatch ? find.NameKeys : []);
        var present = new List<string>();
        foreach (var key in find.NameKeys)
        {
            if (_online.TryFind(key, out var online)) { present.Add(online.Username); }
        }
        return new PresenceOf([.. present]);
    }

    // Behind the messages of the open batch: nobody is told that someone stopped typing before what they typed.
    private void Tell(OnlineSession to, ServerEvent news)
    {
        if (_batch.IsOpen) { _batch.HoldDelivery(to.Session, new Announcement(news)); }
        else { to.Session.Tell(new Announcement(news)); }
    }
}
