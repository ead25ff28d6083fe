using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What a logged-in client asks about the people it talks with. A name that cannot exist is answered like one that does
// not.
internal sealed partial class SessionActor
{
    private static readonly MessageId BehindAll = new(long.MaxValue);

    private void ReceiveConversationRequests()
    {
        Receive<ListConversations>(StartConversations);
        Receive<ReadHistory>(StartHistory);
        Receive<MarkRead>(StartMarkRead);
        Receive<Typing>(StartTyping);
        Receive<AskPresence>(StartPresence);
    }

    private void StartConversations(ListConversations list)
    {
        if (list.Count < 0) { Reply(list, Refusals.InvalidPage(Operation.ListConversations)); }
        else
        {
            var count = Math.Min(list.Count, Limits.MaxListedConversations);
            Start(list, _browsing,
                new FindConversations(_login!.Id, _login.Username, Before(list.Before), count));
        }
    }

    private void StartHistory(ReadHistory read)
    {
        if (string.IsNullOrEmpty(read.With)) { Reply(read, Refusals.NoUsername(Operation.ReadHistory)); }
        else if (read.Count < 0) { Reply(read, Refusals.InvalidPage(Operation.ReadHistory)); }
        else if (!Username.TryParse(read.With, out var with, out _)) { Reply(read, new History([])); }
        else
        {
            var count = Math.Min(read.Count, Limits.MaxHistoryMessages);
            Start(read, _browsing,
                new FindHistory(_login!.Id, _login.Username, with.Key, Before(read.Before), count));
        }
    }

    private static MessageId Before(long? id) => id is { } known ? new MessageId(known) : BehindAll;

    private void StartMarkRead(MarkRead mark)
    {
        if (string.IsNullOrEmpty(mark.With)) { Reply(mark, Refusals.NoUsername(Operation.MarkRead)); }
        else if (mark.Through is not { } through)
        {
            var refusal = Refusals.NoMessageIds;
            Reply(mark, new Refused(Operation.MarkRead, refusal.Code, refusal.Text));
        }
        else if (!Username.TryParse(mark.With, out var with, out _)) { Reply(mark, new MarkedRead()); }
        else
        {
            Start(mark, _persistence,
                new NoteRead(_login!.Id, _login.Username, with.Key, new MessageId(through)));
        }
    }

    private void StartTyping(Typing typing)
    {
        if (string.IsNullOrEmpty(typing.Recipient)) { Reply(typing, Refusals.NoUsername(Operation.Typing)); }
        else if (!Username.TryParse(typing.Recipient, out var to, out _)) { Reply(typing, new TypingNoted()); }
        else
        {
            Start(typing, _persistence, new NoteTyping(_login!.Id, _login.Username, to.Key, typing.IsTyping));
        }
    }

    private void StartPresence(AskPresence ask)
    {
        if (ask.Of.Length > Limits.MaxPresenceNames)
        {
            Reply(ask, Refusals.TooManyNames);
            return;
        }
        var keys = ImmutableArray.CreateBuilder<string>(ask.Of.Length);
        foreach (var of in ask.Of)
        {
            if (Username.TryParse(of, out var name, out _) && !keys.Contains(name.Key)) { keys.Add(name.Key); }
        }
        var mayWatch = _features.HasFlag(Features.Presence);
        Start(ask, _persistence, new FindPresent(_login!.Id, keys.DrainToImmutable(), mayWatch));
    }
}
