using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// The people an account talks with: what was said, what was read, who is there and who is writing.
internal sealed partial class PersistenceActor
{
    private void ReceiveConversations()
    {
        InBatch<NoteRead>(MarkRead);
        Reading<FindConversations>(ListConversations);
        Reading<FindHistory>(ReadHistory);
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

    private ConversationList ListConversations(FindConversations find)
    {
        WriteAllMarks(); // what I sent is delivered by the marks of others
        var conversations = _store.ListConversations(find.Account, find.Before, find.Count, Limits.MaxListedBytes);
        return new ConversationList([.. conversations.Select(conversation =>
        {
            var with = conversation.With.Username;
            var last = AsHistory(conversation.LastMessage, find.Account, find.Username, with);
            return new Conversation(with, conversation.UnreadCount, last);
        })]);
    }

    private History ReadHistory(FindHistory find)
    {
        if (_accounts.Find(find.WithKey) is not { } with) { return new History([]); }
        WriteAllMarks();
        var messages = _store.ReadHistory(find.Account, with.Id, find.Before, find.Count, Limits.MaxListedBytes);
        return new History(
            [.. messages.Select(message => AsHistory(message, find.Account, find.Username, with.Username))]);
    }

    private HistoryMessage AsHistory(PairMessage message, AccountId reader, string readersName, string othersName)
    {
        _batch.CountContent(message.Content);
        var (sender, recipient) = message.Sender == reader ? (readersName, othersName) : (othersName, readersName);
        return new HistoryMessage(
            message.Id.Value, sender, recipient, message.Content, message.SentAt, AsState(message.State));
    }

    private static MessageState AsState(DeliveryState state) => state switch
    {
        DeliveryState.Read => MessageState.Read,
        DeliveryState.Delivered => MessageState.Delivered,
        _ => MessageState.Stored,
    };

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
